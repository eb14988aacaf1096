// The window was opened by a page's script, so it may close itself; where it
// may not, the sentence on the page stands.
window.close();
