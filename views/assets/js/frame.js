// In the frame of another page: how high the page is, so that the frame can be (see js_target).
if (window.parent !== window) {
  const tell = () => window.parent.postMessage({ colloquyHeight: document.documentElement.scrollHeight }, '*');
  document.addEventListener('DOMContentLoaded', () => {
    tell();
    new ResizeObserver(tell).observe(document.body);
  });
}
