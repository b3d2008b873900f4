// The keys go to the dashboard from the first moment: nobody has to click into it before.
new MutationObserver((_changes, watch) => {
  const keyboard = document.querySelector(".xterm-helper-textarea");
  if (keyboard && document.body.classList.contains("-first-byte")) {
    keyboard.focus();
    watch.disconnect();
  }
}).observe(document, { subtree: true, childList: true, attributes: true });

// The dashboard's colours may be changed in it: what stands around it follows, shortly after the last key or click; on
// a busy computer they come later, so it is looked again after longer and longer.
const around = document.head.appendChild(document.createElement("style"));
const FIRST = 400, LAST = 30000;
let asking;
const follow = (after) => {
  clearTimeout(asking);
  asking = setTimeout(async () => {
    if (after < LAST) follow(after * 2);
    around.textContent = await (await fetch("/around.css")).text();
  }, after);
};
addEventListener("keyup", () => follow(FIRST), true);
addEventListener("mouseup", () => follow(FIRST), true);
