// The keys go to the dashboard from the first moment: nobody has to click into it before.
new MutationObserver((_changes, watch) => {
  const keyboard = document.querySelector(".xterm-helper-textarea");
  if (keyboard && document.body.classList.contains("-first-byte")) {
    keyboard.focus();
    watch.disconnect();
  }
}).observe(document, { subtree: true, childList: true, attributes: true });

// The dashboard's colours may be changed in it: what stands around it follows, shortly after the last key or click.
const around = document.head.appendChild(document.createElement("style"));
let asking;
const follow = () => {
  clearTimeout(asking);
  asking = setTimeout(async () => {
    around.textContent = await (await fetch("/around.css")).text();
  }, 400);
};
addEventListener("keyup", follow, true);
addEventListener("mouseup", follow, true);
