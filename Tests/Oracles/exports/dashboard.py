#!/usr/bin/env python3
"""Looks at a run's page with a real browser. Usage: dashboard.py PROGRAM CHROMIUM [FOLDER]

The page's numbers against the run's at three moments and at its end; no console error, nothing asked for elsewhere;
axe's rules; a walk by keyboard; who may not look. Leaves screenshots in FOLDER, in light, dark and narrow. Prints how
much was checked.
"""
import json, sys, time, urllib.error, urllib.request
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright
from running import Run, events, fed, pipeline

program, chromium, *folder = sys.argv[1:]
checks = 0


def check(condition, what):
    global checks
    checks += 1
    assert condition, what


def get(url, headers={}):
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def number(text):
    return int(text.replace("\u202f", ""))


def until(condition, what, seconds=20):
    """Waits for what the page shows; its policy forbids that it be asked by a script of its own."""
    for _ in range(int(seconds * 20)):
        if condition():
            return
        time.sleep(0.05)
    check(False, what)


def text(page, selector):
    return page.locator(selector).inner_text()


def watched(page, origin, problems):
    """Notes what a page says to its console, and asks for elsewhere."""
    page.on("console", lambda message: message.type in ("error", "warning") and problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("request", lambda request: request.url.startswith(origin) or problems.append(request.url))


def exact(browser):
    run = Run(program, fed(), "--dashboard", "127.0.0.1:0", feeds=True)
    url = run.address("dashboard")
    page, problems = browser.new_page(), []
    watched(page, url, problems)
    page.goto(url)
    sent = 0

    def shown(name):
        return number(page.locator(f'[data-name="{name}"]').inner_text())

    for count in [50, 400, 700]:
        run.feed(events(sent, count))
        sent += count
        until(lambda: shown("emitted") == sent and shown("inside") == 0, f"{sent} events")
        # What stages have found is at most about a second old.
        page.wait_for_timeout(2200)
        report = json.loads(get(url + "report.json")[1])
        for name in ["emitted", "delivered", "rejected", "failed"]:
            check(shown(name) == report["events"][name], f"{name}: {shown(name)}")
        cells = page.locator("#states td:not(.never)").all_inner_texts()
        stage = next(stage for stage in report["stages"] if stage["name"] == "states")
        seen = sum(step["count"] for step in stage["transitions"])
        check(sum(number(cell) for cell in cells if cell) == seen > 0, f"transitions: {cells}, {seen}")
    check(page.locator("#troubles tbody tr").count() == 50, "the latest troubles")
    run.process.stdin.close()
    until(lambda: text(page, "#connection") == "The run has ended.", "the end")
    report, _ = run.end()
    for name in ["emitted", "delivered", "rejected", "failed"]:
        check(shown(name) == report["events"][name], f"{name} at the end: {shown(name)}")
    check(page.locator('[data-name="phase"]').inner_text() == "ended", "the phase")
    check(problems == [], problems)
    page.close()


def looked_at(browser):
    run = Run(program, pipeline({"audit": {"type": "audit-log", "inputs": ["states"]}}, seconds=14), "--dashboard", "127.0.0.1:0")
    url = run.address("dashboard")
    for headers in [{"Host": "evil.example"}, {"Origin": "http://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}]:
        check(get(url, headers)[0] == 403, headers)
        check(get(url + "live", headers)[0] == 403, headers)
    problems = []
    for name, options in [
            ("light", {"color_scheme": "light"}), ("dark", {"color_scheme": "dark"}),
            ("phone", {"color_scheme": "light", "viewport": {"width": 390, "height": 844}, "is_mobile": True, "device_scale_factor": 2})]:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        page = context.new_page()
        watched(page, url, problems)
        page.goto(url)
        page.wait_for_timeout(1500)
        found = Axe().run(page).response["violations"]
        serious = [(rule["id"], [node["html"] for node in rule["nodes"]][:3]) for rule in found if rule["impact"] in ("serious", "critical")]
        check(serious == [], serious)
        check(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1"), f"{name}: the page is wider than its window")
        if folder:
            page.screenshot(path=f"{folder[0]}/dashboard-{name}.png", full_page=True)
        if name == "light":
            keyboard(page)
        context.close()
    check(problems == [], problems)
    run.end(99)


def keyboard(page):
    """Everything that can be used is reached in order, and what it does is told."""
    page.evaluate("document.activeElement.blur()")
    reached = []
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("(document.activeElement.id || document.activeElement.className)"))
    check(reached[:2] == ["skip", "pause"] and "wide" in reached[2:], reached)
    page.locator("#pause").focus()
    page.keyboard.press("Enter")
    check(page.locator("#pause").get_attribute("aria-pressed") == "true", "paused")
    before = page.locator('[data-name="emitted"]').inner_text()
    page.wait_for_timeout(1600)
    check(page.locator('[data-name="emitted"]').inner_text() == before, "nothing changes while it is paused")
    page.keyboard.press("Enter")
    until(lambda: text(page, '[data-name="emitted"]') != before, "it goes on", seconds=10)


def reported(browser):
    """The page that is left behind: quick to show, and fine to axe."""
    config = {
        "name": "large", "run": {"clock": "virtual", "seed": 3},
        "sources": {"desk": {"type": "scenario", "agents": 2000, "interactions_per_agent": 100, "illegal": 50}},
        "validators": {"schema": {"type": "interaction-event", "inputs": ["desk"]}},
        "correlators": {"states": {"type": "state-machine", "inputs": ["schema"]}},
        "sinks": {"copy": {"type": "jsonl", "inputs": ["states"]}},
    }
    report, run_folder = Run(program, config).end(0)
    check(report["events"]["emitted"] >= 1_000_000, report["events"]["emitted"])
    with open(f"{run_folder}/report.html") as file:
        size = len(file.read().encode())
    check(size < 1 << 20, size)
    page, problems = browser.new_page(), []
    watched(page, "file://", problems)
    start = time.monotonic()
    page.goto(f"file://{run_folder}/report.html")
    took = time.monotonic() - start
    check(took < 1, f"{took} s to show")
    found = Axe().run(page).response["violations"]
    serious = [rule["id"] for rule in found if rule["impact"] in ("serious", "critical")]
    check(serious == [], serious)
    check(problems == [], problems)
    if folder:
        page.screenshot(path=f"{folder[0]}/report.png", full_page=True)
    page.close()
    return size, took


with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
    exact(browser)
    looked_at(browser)
    size, took = reported(browser)
    browser.close()
print(f"{checks} checks passed; a report of a million events: {size} bytes, shown in {took * 1000:.0f} ms")
