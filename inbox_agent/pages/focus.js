// The keys go to the dashboard from the first moment: nobody has to click into it before.
new MutationObserver((_changes, watch) => {
  const keyboard = document.querySelector(".xterm-helper-textarea");
  if (keyboard && document.body.classList.contains("-first-byte")) {
    keyboard.focus();
    watch.disconnect();
  }
}).observe(document, { subtree: true, childList: true, attributes: true });
