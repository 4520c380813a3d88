//! A tab of the browser: opened as a reader's would be, driven by keys and the mouse, and asked
//! what it shows and what went wrong.

use std::cell::Cell;

use serde_json::{Value, json};

use crate::chromium::{Chromium, browser};

/// How a tab is opened.
#[derive(Clone, Debug)]
pub(crate) struct Manner {
    /// Width and height of what is seen, in CSS pixels.
    pub(crate) size: (u32, u32),
    /// Whether the reader likes it dark.
    pub(crate) dark: bool,
    /// Whether scripts run.
    pub(crate) scripts: bool,
    /// Whether the content security policy of a page holds.
    pub(crate) policy: bool,
    /// The day that the browser's clock shows, noon of it.
    pub(crate) day: String,
}

impl Manner {
    /// A wide window on a day.
    pub(crate) fn on(day: &str) -> Self {
        let day = day.to_owned();
        Manner { size: (1280, 900), dark: false, scripts: true, policy: true, day }
    }
}

/// A tab; with it go its storage and all that it heard.
pub(crate) struct Tab {
    browser: &'static Chromium,
    context: String,
    session: String,
    scripts: bool,
    /// Where the events of the page that is open begin.
    from: Cell<usize>,
}

impl Tab {
    /// Opens an empty tab.
    pub(crate) fn open(manner: &Manner) -> Self {
        let browser = browser();
        let text = |value: &Value, key: &str| value[key].as_str().expect("text").to_owned();
        let context = browser.call("", "Target.createBrowserContext", &json!({}));
        let context = text(&context, "browserContextId");
        let target = json!({"url": "about:blank", "browserContextId": context});
        let target = browser.call("", "Target.createTarget", &target);
        let attach = json!({"targetId": target["targetId"], "flatten": true});
        let session = text(&browser.call("", "Target.attachToTarget", &attach), "sessionId");
        let tab = Tab { browser, context, session, scripts: manner.scripts, from: Cell::new(0) };
        for domain in ["Page", "Runtime", "Log", "Network"] {
            tab.call(&format!("{domain}.enable"), &json!({}));
        }
        tab.call("Page.setLifecycleEventsEnabled", &json!({"enabled": true}));
        tab.call("Emulation.setFocusEmulationEnabled", &json!({"enabled": true}));
        tab.call("Emulation.setTimezoneOverride", &json!({"timezoneId": "UTC"}));
        tab.call("Network.setCacheDisabled", &json!({"cacheDisabled": true}));
        let clock = json!({"source": clock(&manner.day)});
        tab.call("Page.addScriptToEvaluateOnNewDocument", &clock);
        tab.look(manner);
        if !manner.scripts {
            tab.call("Emulation.setScriptExecutionDisabled", &json!({"value": true}));
        }
        if !manner.policy {
            tab.call("Page.setBypassCSP", &json!({"enabled": true}));
        }
        tab
    }

    /// The name of what it shares with no other tab: storage, downloads.
    pub(crate) fn context(&self) -> &str {
        &self.context
    }

    /// Changes the size of the window, and whether the reader likes it dark.
    pub(crate) fn look(&self, manner: &Manner) {
        let (width, height) = manner.size;
        let size = json!({"width": width, "height": height, "deviceScaleFactor": 1,
            "mobile": false});
        self.call("Emulation.setDeviceMetricsOverride", &size);
        let likes = if manner.dark { "dark" } else { "light" };
        let likes = json!({"features": [
            {"name": "prefers-color-scheme", "value": likes},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]});
        self.call("Emulation.setEmulatedMedia", &likes);
    }

    /// Carries out a command of the protocol.
    #[track_caller]
    pub(crate) fn call(&self, method: &str, parameters: &Value) -> Value {
        self.browser.call(&self.session, method, parameters)
    }

    /// Opens an address, and waits until all of it is there.
    #[track_caller]
    pub(crate) fn go(&self, url: &str) {
        if self.text("location.href").split('#').next() == url.split('#').next() {
            // To another place of the same page nothing would be loaded.
            self.load("about:blank");
        }
        self.load(url);
    }

    fn load(&self, url: &str) {
        self.from.set(self.browser.count(&self.session));
        let answer = self.call("Page.navigate", &json!({"url": url}));
        assert_eq!(answer.get("errorText"), None, "{url} cannot be opened");
        let what = format!("end of loading {url}");
        self.browser.event(&self.session, self.from.get(), &what, |method, event| {
            method == "Page.lifecycleEvent"
                && event["name"] == "load"
                && event["loaderId"] == answer["loaderId"]
        });
    }

    /// The value of an expression, awaited.
    #[track_caller]
    pub(crate) fn eval(&self, expression: &str) -> Value {
        self.try_eval(expression).unwrap_or_else(|error| panic!("{expression}: {error}"))
    }

    fn try_eval(&self, expression: &str) -> Result<Value, String> {
        let parameters = json!({"expression": expression, "awaitPromise": true,
            "returnByValue": true, "userGesture": true});
        let mut answer = self.browser.try_call(&self.session, "Runtime.evaluate", &parameters)?;
        match answer.get("exceptionDetails") {
            Some(error) => Err(error.to_string()),
            None => Ok(answer["result"]["value"].take()),
        }
    }

    /// The text of an expression.
    #[track_caller]
    pub(crate) fn text(&self, expression: &str) -> String {
        match self.eval(expression) {
            Value::String(text) => text,
            other => panic!("{expression} is no text: {other}"),
        }
    }

    /// The texts of an expression.
    #[track_caller]
    pub(crate) fn texts(&self, expression: &str) -> Vec<String> {
        serde_json::from_value(self.eval(expression)).expect("a list of texts")
    }

    /// Waits until an expression holds, whatever page is open by then.
    #[track_caller]
    pub(crate) fn wait(&self, expression: &str) {
        let poll = format!(
            "new Promise(done => {{ let n = 0; const look = () => {{
                let holds = false; try {{ holds = Boolean({expression}); }} catch {{ /* not yet */ }}
                if (holds || ++n > 50) done(holds); else setTimeout(look, 10); }}; look(); }})"
        );
        let until = std::time::Instant::now() + crate::chromium::PATIENCE;
        // A page that is being left takes its promises along.
        while self.try_eval(&poll) != Ok(Value::Bool(true)) {
            let place = self.try_eval(
                "location.href + document.querySelector('main')?.innerText.slice(0, 300)",
            );
            assert!(std::time::Instant::now() < until, "never came true: {expression}\n{place:?}");
        }
    }

    /// Presses a key: its name, or the character that it types. `Shift+` may stand before it.
    pub(crate) fn press(&self, name: &str) {
        let (modifiers, key) = name.strip_prefix("Shift+").map_or((0, name), |key| (8, key));
        let (code, text) = match key {
            "Tab" => (9, None),
            "Enter" => (13, Some("\r")),
            "Escape" => (27, None),
            "Space" => (32, Some(" ")),
            "End" => (35, None),
            "Home" => (36, None),
            "ArrowUp" => (38, None),
            "ArrowDown" => (40, None),
            // By its code `.` would be the key that deletes, and `-` the one that inserts.
            "." => (190, Some(".")),
            "-" => (189, Some("-")),
            "/" => (191, Some("/")),
            other => {
                let letter = other.chars().next().expect("a key has a name");
                (u32::from(letter.to_ascii_uppercase()), Some(other))
            }
        };
        let key = if key == "Space" { " " } else { key };
        let kind = if text.is_some() { "keyDown" } else { "rawKeyDown" };
        let mut event = json!({"type": kind, "key": key, "code": key, "modifiers": modifiers,
            "windowsVirtualKeyCode": code});
        if let Some(text) = text {
            event["text"] = text.into();
        }
        self.call("Input.dispatchKeyEvent", &event);
        event["type"] = "keyUp".into();
        self.call("Input.dispatchKeyEvent", &event);
    }

    /// Types text, letter by letter.
    pub(crate) fn type_text(&self, text: &str) {
        for letter in text.chars() {
            match letter {
                ' ' => self.press("Space"),
                letter => self.press(&letter.to_string()),
            }
        }
    }

    /// Clicks the middle of what a selector finds first, with the mouse.
    #[track_caller]
    pub(crate) fn click(&self, selector: &str) {
        let place = self.eval(&format!(
            "(() => {{ const e = document.querySelector({}); e.scrollIntoView({{block: 'center'}});
                const r = e.getBoundingClientRect();
                return [r.x + r.width / 2, r.y + r.height / 2]; }})()",
            json!(selector)
        ));
        for kind in ["mouseMoved", "mousePressed", "mouseReleased"] {
            let event = json!({"type": kind, "x": place[0], "y": place[1],
                "button": if kind == "mouseMoved" { "none" } else { "left" }, "clickCount": 1});
            self.call("Input.dispatchMouseEvent", &event);
        }
    }

    /// What was requested since the page was opened, itself first.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.heard("Network.requestWillBeSent")
            .iter()
            .filter_map(|event| event["request"]["url"].as_str().map(str::to_owned))
            .collect()
    }

    /// The events of a name since the page was opened.
    pub(crate) fn heard(&self, name: &str) -> Vec<Value> {
        let events = self.browser.events(&self.session, self.from.get());
        events
            .into_iter()
            .filter(|event| event["method"] == name)
            .map(|mut e| e["params"].take())
            .collect()
    }

    /// What went wrong since the page was opened: errors and warnings of the console, scripts that
    /// failed, requests that failed or that lead out of the site, dialogs.
    pub(crate) fn troubles(&self, within: &str) -> Vec<String> {
        if self.scripts {
            // What a page does by itself, it has done when its timers are next served.
            let _ = self.try_eval("new Promise(done => setTimeout(done))");
        }
        let mut found = Vec::new();
        for event in self.browser.events(&self.session, self.from.get()) {
            let said = &event["params"];
            let trouble = match event["method"].as_str().unwrap_or_default() {
                "Runtime.consoleAPICalled" => ["error", "warning", "assert"]
                    .contains(&said["type"].as_str().unwrap_or_default()),
                "Log.entryAdded" => ["error", "warning"]
                    .contains(&said["entry"]["level"].as_str().unwrap_or_default()),
                "Runtime.exceptionThrown" | "Page.javascriptDialogOpening" => true,
                // A page that is left gives up what it still loads.
                "Network.loadingFailed" => said["canceled"] != true,
                "Network.responseReceived" => {
                    said["response"]["status"].as_u64().is_some_and(|status| status >= 400)
                }
                "Network.requestWillBeSent" => {
                    let url = said["request"]["url"].as_str().unwrap_or_default();
                    !["data:", "blob:", "about:"].iter().any(|own| url.starts_with(own))
                        && !url.starts_with(within)
                }
                _ => false,
            };
            if trouble {
                found.push(event.to_string().chars().take(600).collect());
            }
        }
        found
    }
}

impl Drop for Tab {
    fn drop(&mut self) {
        let context = json!({"browserContextId": self.context});
        self.browser.tell("", "Target.disposeBrowserContext", &context);
    }
}

/// A script that makes a page believe in a day.
fn clock(day: &str) -> String {
    format!(
        "(() => {{ const Real = Date, noon = Real.parse('{day}T12:00:00Z');
            globalThis.Date = class Date extends Real {{
                constructor(...parts) {{ if (parts.length) super(...parts); else super(noon); }}
                static now() {{ return noon; }}
            }}; }})()"
    )
}
