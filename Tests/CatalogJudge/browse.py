"""Opens the pages of sites in headless Chromium and checks them.

Usage: browse.py SMALL_SITE LARGE_SITE HOSTILE_SITE
All pages of the small site are checked, two of each kind by axe, and in both themes; of the large site, a page of each kind and
a sample of the others. All other pages are opened for errors and requests.
"""
import importlib.util
import json
import pathlib
import shutil
import sys
import time

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

small, large, hostile = (pathlib.Path(argument).resolve() for argument in sys.argv[1:4])
axe = next(pathlib.Path(importlib.util.find_spec("axe_playwright_python").origin).parent.rglob("axe.min.js")).read_text()
faults = []
largest_page = 200_000

OVERLAPS = """
const found = [];
for (const drawing of document.querySelectorAll("svg")) {
  const labels = [...drawing.querySelectorAll("text")].map((text) => [text.textContent, text.getBoundingClientRect()]);
  for (let i = 0; i < labels.length; i++) for (let j = i + 1; j < labels.length; j++) {
    const [a, b] = [labels[i][1], labels[j][1]];
    if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1)
      found.push(labels[i][0] + " over " + labels[j][0]);
  }
  for (const rect of drawing.querySelectorAll("rect.node")) {
    const box = rect.getBoundingClientRect();
    for (const [text, label] of labels) {
      const middle = (label.top + label.bottom) / 2;
      if (middle > box.top && middle < box.bottom && label.left < box.right && label.right > box.left
          && (label.left < box.left - 1 || label.right > box.right + 1)) found.push(text + " leaves its box");
    }
  }
}
return found;
"""
REACHABLE = """
const all = [...document.querySelectorAll("a[href], button, input, summary, [tabindex='0']")];
return all.filter((e) => e.getClientRects().length && e.tabIndex < 0 && !e.closest("#results")).map((e) => e.outerHTML.slice(0, 120));
"""
WIDER = "return document.documentElement.scrollWidth - document.documentElement.clientWidth;"
FRAMES = """
const [pages, done] = arguments;
document.body.replaceChildren();
let left = pages.length;
for (const page of pages) {
  const frame = document.createElement("iframe");
  // Without a layout, which other pages are checked for.
  frame.hidden = true;
  frame.addEventListener("load", () => { left -= 1; if (left === 0) done(); });
  frame.src = page;
  document.body.append(frame);
}
"""
AXE = """
const [only, done] = arguments;
axe.run(document, {resultTypes: ["violations"], preload: false, ...(only ? {runOnly: only} : {})}).then((r) => done(r.violations.map(
  (v) => v.id + ": " + v.help + " " + v.nodes.slice(0, 2).map((n) => n.html.slice(0, 160)).join(" | "))));
"""


def fault(page, text):
    faults.append(f"{page}: {text}")


def browser(width=1380, height=900, dark=False):
    options = webdriver.ChromeOptions()
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                     "--disable-background-networking", "--force-prefers-reduced-motion", f"--window-size={width},{height}"):
        options.add_argument(argument)
    if dark:
        options.add_argument("--force-dark-mode")
        options.add_argument("--blink-settings=preferredColorScheme=0")
    options.add_experimental_option("perfLoggingPrefs", {"enableNetwork": True, "enablePage": False})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    options.binary_location = chromium
    service = webdriver.ChromeService(shutil.which("chromedriver"))
    return webdriver.Chrome(options=options, service=service)


def check_logs(driver, page, folder):
    for entry in driver.get_log("browser"):
        fault(page, f"console: {entry['message']}")
    for entry in driver.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            url = message["params"]["request"]["url"]
            if not url.startswith(folder.as_uri() + "/") and not url.startswith(("about:", "data:", "chrome:")):
                fault(page, f"a request leaves the folder: {url}")


def check(driver, path, folder, rules=True, only=None):
    """Checks a page; by axe with all rules, with some, or not at all."""
    page = f"{folder.name}/{path.name}"
    driver.get(path.as_uri())
    for overlap in driver.execute_script(OVERLAPS)[:5]:
        fault(page, f"label {overlap}")
    for element in driver.execute_script(REACHABLE)[:3]:
        fault(page, f"the keyboard does not reach {element}")
    if driver.execute_script(WIDER) > 0:
        fault(page, "the page scrolls sideways")
    if rules:
        driver.execute_script(axe)
        for violation in driver.execute_async_script(AXE, only):
            fault(page, f"axe {violation}")
    check_logs(driver, page, folder)


def check_search(driver, folder, words, expected):
    """Types words, and opens the first result by the keyboard alone."""
    page = f"{folder.name}: search for {words}"
    driver.get((folder / "index.html").as_uri())
    driver.find_element(By.TAG_NAME, "body").send_keys("/")
    field = driver.switch_to.active_element
    if field.get_attribute("id") != "search":
        return fault(page, "the key / does not lead to the search")
    WebDriverWait(driver, 10).until(lambda d: d.execute_script("return Boolean(window.catalogIndex)"))
    start = time.monotonic()
    field.send_keys(words)
    WebDriverWait(driver, 10).until(lambda d: d.find_elements(By.CSS_SELECTOR, "#results li"))
    seconds = time.monotonic() - start
    spent = driver.execute_script(
        "const start = performance.now(); const field = document.getElementById('search');"
        "field.dispatchEvent(new Event('input')); return performance.now() - start;")
    first = driver.find_element(By.CSS_SELECTOR, "#results li b").text
    if first != expected:
        fault(page, f"the first result is {first}")
    if spent > 100:
        fault(page, f"a search takes {spent:.0f} ms")
    field.send_keys(Keys.ENTER)
    WebDriverWait(driver, 10).until(lambda d: "index.html" not in d.current_url)
    if expected not in driver.find_element(By.TAG_NAME, "main").text:
        fault(page, f"the first result leads to {driver.current_url}")
    check_logs(driver, page, folder)
    return seconds


pages = sorted(small.glob("*.html"))
driver = browser()
kinds = {}
for page in pages:
    kinds.setdefault(page.name.split("-")[0], []).append(page)
samples = [page for kind in kinds.values() for page in kind[:2]]
for page in pages:
    check(driver, page, small, rules=page in samples)
check_search(driver, small, "latency", "KafkaProducerHighLatency")
check_search(driver, small, "job.comp", "job.completed")
driver.find_element(By.ID, "theme").click()
if driver.find_element(By.TAG_NAME, "html").get_attribute("data-theme") not in ("dark", "light"):
    fault("theme", "the button does nothing")
if driver.execute_script("return document.querySelectorAll('.copy').length") == 0:
    fault("copy", "code has no button to copy it")
driver.quit()

driver = browser(dark=True)
for page in samples:
    check(driver, page, small, only=["color-contrast"])
if driver.execute_script("return getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)":
    fault("dark", "the page is light")
driver.quit()

driver = browser(width=390, height=844)
for page in pages[::4] + [small / "index.html"]:
    check(driver, page, small, rules=False)
driver.quit()

everything = sorted(large.glob("*.html"))
for page in everything:
    if page.stat().st_size > largest_page:
        fault(page.name, f"{page.stat().st_size} bytes")
driver = browser()
for page in [large / "index.html", large / "messages.html", large / "topics.html"] + everything[::60]:
    check(driver, page, large, rules=page.name in ("index.html", "messages.html"))
# The others are opened for errors of the console and requests alone.
driver.set_script_timeout(120)
for start in range(0, len(everything), 100):
    driver.get((large / "services.html").as_uri())
    driver.execute_async_script(FRAMES, [page.as_uri() for page in everything[start:start + 100]])
check_logs(driver, "large", large)
for page in sorted(hostile.glob("*.html")):
    check(driver, page, hostile, rules=False)
    if driver.execute_script("return window.hacked !== undefined || document.querySelector('img') !== null"):
        fault(f"hostile/{page.name}", "a text of the contract has become markup")
    addresses = ("return [...document.querySelectorAll('a')].map((a) => a.getAttribute('href'))"
                 ".filter((h) => /^[^.#]*:/.test(h) && !/^(https?|mailto):/.test(h))")
    for address in driver.execute_script(addresses):
        fault(f"hostile/{page.name}", f"a link leads to {address}")
    driver.find_element(By.ID, "search").send_keys("script")
    WebDriverWait(driver, 10).until(lambda d: d.find_elements(By.CSS_SELECTOR, "#results li"))
    if driver.execute_script("return window.hacked !== undefined"):
        fault(f"hostile/{page.name}", "the search runs a text of the contract")
    check_logs(driver, page, hostile)
check_search(driver, large, "cart merged v7", "CartMergedV7")
driver.quit()

print("\n".join(faults[:60]))
print(f"{len(pages)} and {len(everything)} pages, {len(faults)} faults")
sys.exit(1 if faults else 0)
