import ContractGenerator

/// The script of all pages: search, the theme, copying, and the highlighting of lines. Pages can be read without it.
enum SiteScript {
    static let file = GeneratedFile(
        name: PageShell.scriptName,
        contents: "/* \(GeneratedFile.words). Do not edit: change the contract, and generate again. */\n" + text)

    private static let text = #"""
        "use strict";
        (() => {
          const root = document.documentElement;

          // The theme, which is remembered where the browser allows it.
          const stored = (() => { try { return localStorage.getItem("theme"); } catch { return null; } })();
          if (stored === "dark" || stored === "light") root.dataset.theme = stored;
          const theme = document.getElementById("theme");
          const isDark = () => root.dataset.theme
            ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
          const nameTheme = () => { theme.textContent = isDark() ? "Light" : "Dark"; };
          theme.hidden = false;
          nameTheme();
          theme.addEventListener("click", () => {
            root.dataset.theme = isDark() ? "light" : "dark";
            try { localStorage.setItem("theme", root.dataset.theme); } catch { /* It lasts as long as the page. */ }
            nameTheme();
          });

          // Code is copied by a button.
          for (const code of document.querySelectorAll(".code")) {
            const button = document.createElement("button");
            button.className = "copy";
            button.type = "button";
            button.textContent = "Copy";
            button.setAttribute("aria-label", "Copy: " + code.querySelector("pre").getAttribute("aria-label"));
            button.addEventListener("click", async () => {
              const text = code.querySelector("code").textContent;
              try {
                await navigator.clipboard.writeText(text);
                button.textContent = "Copied";
              } catch {
                getSelection().selectAllChildren(code.querySelector("code"));
                button.textContent = "Selected";
              }
              setTimeout(() => { button.textContent = "Copy"; }, 1500);
            });
            code.append(button);
          }

          // A service or topic shows its own lines.
          for (const drawing of document.querySelectorAll(".topology")) {
            const pick = (link) => {
              drawing.classList.toggle("picked", link !== null);
              const services = new Set();
              const topics = new Set();
              for (const line of drawing.querySelectorAll(".flow")) {
                const isOn = link !== null && (link.dataset.service === line.dataset.service
                  || link.dataset.topic === line.dataset.topic);
                line.classList.toggle("on", isOn);
                if (isOn) {
                  services.add(line.dataset.service);
                  topics.add(line.dataset.topic);
                }
              }
              for (const node of drawing.querySelectorAll("a[data-service], g[data-topic]")) {
                const isNear = services.has(node.dataset.service) || topics.has(node.dataset.topic);
                node.classList.toggle("far", link !== null && !isNear && !node.contains(link));
              }
            };
            for (const link of drawing.querySelectorAll("a[data-service], a[data-topic]")) {
              for (const name of ["mouseenter", "focus"]) link.addEventListener(name, () => pick(link));
              for (const name of ["mouseleave", "blur"]) link.addEventListener(name, () => pick(null));
            }
          }

          // Search: the index is read when it is needed.
          const input = document.getElementById("search");
          const list = document.getElementById("results");
          const status = document.getElementById("search-status");
          let index = null;
          let selected = -1;
          const load = () => new Promise((done) => {
            if (index) return done();
            const script = document.createElement("script");
            script.src = "search-index.js";
            script.addEventListener("load", () => {
              index = window.catalogIndex.map(([name, kind, page, text]) => ({
                name, kind, page, text, lower: name.toLowerCase(), words: (name + " " + text).toLowerCase(),
              }));
              done();
            });
            document.head.append(script);
          });
          const rank = (entry, terms) => {
            let sum = 0;
            for (const term of terms) {
              const place = entry.lower.indexOf(term);
              // A word begins after a mark, or with a capital letter.
              const isWord = place > 0
                && (!/[a-z0-9]/.test(entry.lower[place - 1]) || /[A-Z]/.test(entry.name[place]));
              if (entry.lower === term) sum += 100;
              else if (place === 0) sum += 60;
              else if (place > 0) sum += isWord ? 40 : 30;
              else if (entry.words.includes(term)) sum += 10;
              else return 0;
            }
            return entry.kind.startsWith("field") ? sum / 2 : sum;
          };
          const close = () => {
            list.hidden = true;
            selected = -1;
            input.setAttribute("aria-expanded", "false");
            input.removeAttribute("aria-activedescendant");
          };
          const select = (position) => {
            const items = list.children;
            if (!items.length) return;
            selected = (position + items.length) % items.length;
            [...items].forEach((item, place) => item.setAttribute("aria-selected", String(place === selected)));
            items[selected].scrollIntoView({ block: "nearest" });
            input.setAttribute("aria-activedescendant", items[selected].id);
          };
          const show = () => {
            const terms = input.value.toLowerCase().split(/\s+/).filter(Boolean);
            list.replaceChildren();
            if (!terms.length || !index) return close();
            const found = index.map((entry) => [rank(entry, terms), entry]).filter(([points]) => points > 0);
            found.sort((left, right) => right[0] - left[0] || left[1].name.length - right[1].name.length
              || (left[1].name < right[1].name ? -1 : 1));
            found.slice(0, 20).forEach(([, entry], place) => {
              const item = document.createElement("li");
              item.id = "result-" + place;
              item.setAttribute("role", "option");
              const link = document.createElement("a");
              link.href = entry.page;
              link.tabIndex = -1;
              for (const [tag, text] of [["i", entry.kind], ["b", entry.name], ["span", entry.text]]) {
                const part = document.createElement(tag);
                part.textContent = text;
                if (text) link.append(part);
              }
              item.append(link);
              list.append(item);
            });
            status.textContent = found.length === 1 ? "1 result" : found.length + " results";
            list.hidden = found.length === 0;
            input.setAttribute("aria-expanded", String(found.length > 0));
            if (found.length) select(0);
          };
          input.addEventListener("focus", load);
          input.addEventListener("input", () => load().then(show));
          input.addEventListener("keydown", (event) => {
            if (event.key === "ArrowDown") select(selected + 1);
            else if (event.key === "ArrowUp") select(selected - 1);
            else if (event.key === "Enter" && list.children[selected]) list.children[selected].firstChild.click();
            else if (event.key === "Escape") { input.value = ""; close(); }
            else return;
            event.preventDefault();
          });
          input.addEventListener("blur", () => setTimeout(close, 150));
          document.addEventListener("keydown", (event) => {
            const isTyping = event.target.closest("input, textarea, [contenteditable]");
            if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
              event.preventDefault();
              input.focus();
            }
          });
        })();

        """#
}
