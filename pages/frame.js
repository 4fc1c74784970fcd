// What Streamlit has no setting for. Runs at every run of the script; what follows happens once a page load.
// A function of the addresses of all pages; pages/frame.py calls it.
(paths) => {
  const root = document.documentElement;
  root.lang = "vi"; // Streamlit says "en"
  if (root.dataset.cancu) return;
  root.dataset.cancu = "1";

  // The theme that is on gives its color-scheme to .stApp only; menus, dialogs and scroll bars lie outside of it.
  const app = document.querySelector(".stApp");
  const follow = () => { root.style.colorScheme = getComputedStyle(app).colorScheme; };
  follow();
  new MutationObserver(follow).observe(app, { attributes: true, attributeFilter: ["class"] });

  // Past the navigation with one key: the first stop of the Tab key leads to what the page says.
  const skip = document.createElement("a");
  skip.className = "cc-skip";
  skip.href = "#noi-dung";
  skip.textContent = "Đến nội dung";
  skip.addEventListener("click", (event) => {
    event.preventDefault(); // the address is Streamlit's
    const main = document.querySelector("[data-testid=stMain]");
    main.tabIndex = -1;
    main.focus();
  });
  document.body.prepend(skip);

  // Streamlit keeps the chosen theme under the address that was loaded: the choice holds for every page.
  document.addEventListener("click", (event) => {
    const item = event.target.closest?.("[data-testid^=stMainMenuItem-theme-]");
    if (!item) return;
    const chosen = JSON.stringify(item.dataset.testid.replace("stMainMenuItem-theme-", ""));
    const version = Object.keys(localStorage).join(" ").match(/stActiveTheme-\S*-(v\d+)/)?.[1] ?? "v2";
    for (const path of paths) localStorage.setItem(`stActiveTheme-${path}-${version}`, chosen);
  });

  // Its own English words, in its own parts only: never in what a page or a document says.
  const WORDS = {
    "Main menu": "Trình đơn", "Theme": "Giao diện sáng, tối", "System": "Theo máy", "Light": "Sáng", "Dark": "Tối",
    "About": "Giới thiệu", "Close": "Đóng", "Error:": "Lỗi:", "Add files": "Thêm tệp", "file upload": "Chọn tệp",
    "Expand sidebar": "Mở danh sách trang", "Collapse sidebar": "Đóng danh sách trang",
  };
  const SENTENCES = [
    [/^File must be ([\d.]+?)(?:\.0)?(\wB) or smaller\.$/, "Tệp quá lớn, mỗi tệp nhiều nhất $1 $2. Hãy chia nhỏ tệp này."],
    [/^Remove (.+)$/, "Bỏ $1"],
  ];
  const OWN = "[data-testid=stMainMenu], [data-testid=stMainMenuList], [role=dialog] > button, [role=dialog] header, "
    + "[data-testid=stExpandSidebarButton], [data-testid=stSidebarHeader], [data-testid=stFileUploaderDropzone], [data-testid^=stTooltipError]";
  const say = (words) => {
    const [pattern, told] = SENTENCES.find(([pattern]) => pattern.test(words)) ?? [];
    return Object.hasOwn(WORDS, words) ? WORDS[words] : pattern && words.replace(pattern, told);
  };
  const translate = () => {
    for (const part of document.querySelectorAll(OWN)) {
      for (const one of [part, ...part.querySelectorAll("[aria-label], [title]")]) {
        for (const name of ["aria-label", "title"]) {
          const word = say(one.getAttribute(name) ?? "");
          if (word) one.setAttribute(name, word);
        }
      }
      const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        const words = texts.currentNode.nodeValue;
        const word = say(words.trim());
        if (word) texts.currentNode.nodeValue = words.replace(words.trim(), word);
      }
    }
  };
  translate();
  new MutationObserver(translate).observe(document.body, { childList: true, subtree: true });
}
