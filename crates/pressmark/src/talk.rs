//! What is said to a person: progress and log on standard error, never on standard output.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::time::Duration;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use unicode_width::UnicodeWidthChar;

/// Sends the log to standard error: warnings, or more for each `-v`.
pub fn log_to_stderr(verbose: u8) {
    let level = match verbose {
        0 => LevelFilter::WARN,
        1 => LevelFilter::INFO,
        2 => LevelFilter::DEBUG,
        _ => LevelFilter::TRACE,
    };
    let rooms = ["pressmark", "fetch", "archive", "serve"];
    let targets = Targets::new()
        .with_default(LevelFilter::ERROR)
        .with_targets(rooms.map(|room| (room, level)));
    let plain = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        .without_time()
        .with_target(false)
        .with_ansi(false);
    tracing_subscriber::registry().with(targets).with(plain).init();
}

/// One line of progress on a terminal; nothing where nobody looks.
#[derive(Clone)]
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// Starts a line; `shown` is false with `--json` and `--quiet`.
    pub fn start(shown: bool) -> Progress {
        let visible = shown && std::io::stderr().is_terminal();
        let target = if visible {
            ProgressDrawTarget::stderr_with_hz(10)
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(None, target);
        let style = ProgressStyle::with_template("{spinner} {msg}  {elapsed}")
            .expect("the template is a constant");
        bar.set_style(style);
        if visible {
            bar.enable_steady_tick(Duration::from_millis(120));
        }
        Progress { bar }
    }

    /// Says what is going on, cut to the terminal's width.
    pub fn say(&self, words: &str) {
        if !self.bar.is_hidden() {
            self.bar.set_message(cut(words, columns().saturating_sub(12)));
        }
    }

    /// Prints a line to standard output without breaking the progress line.
    pub fn print(&self, line: &str) {
        self.bar.suspend(|| print(line));
    }

    /// Says a line that stays on standard error.
    pub fn print_to_stderr(&self, line: &str) {
        self.bar.suspend(|| say(line));
    }

    /// Runs something that talks to a person itself.
    pub fn suspend<T>(&self, talk: impl FnOnce() -> T) -> T {
        self.bar.suspend(talk)
    }

    pub fn end(&self) {
        self.bar.finish_and_clear();
    }
}

/// Prints a line of results; a reader that has gone away (`| head`) ends the program quietly.
///
/// A pipe gets every byte, a terminal nothing that could command it.
pub fn print(line: &str) {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    let line = if out.is_terminal() { tame(line) } else { line.to_owned() };
    if writeln!(out, "{line}").and_then(|()| out.flush()).is_err() {
        std::process::exit(0);
    }
}

/// Says a line on standard error; in it there may stand what strangers sent, or what was typed.
pub fn say(line: &str) {
    eprintln!("{}", tame(line));
}

/// Asks for a yes; anything else is a no. `None` when nobody is there to answer.
pub async fn confirm(question: &str) -> Option<bool> {
    let answer = ask(question).await?;
    Some(matches!(answer.as_deref(), Some("y" | "Y" | "yes" | "Yes")))
}

/// Asks for a line: `Some(None)` when the input ends without one, `None` when nobody is there to
/// answer.
///
/// Whoever drops the future is not held up by the one who is asked.
pub async fn ask(question: &str) -> Option<Option<String>> {
    if !std::io::stdin().is_terminal() {
        return None;
    }
    eprint!("{question}");
    let (to, answer) = tokio::sync::oneshot::channel();
    // A thread of its own: the runtime would wait for one of its own until somebody answers.
    std::thread::spawn(move || {
        let mut line = String::new();
        let read = std::io::stdin().read_line(&mut line);
        let _ = to.send(read.is_ok_and(|len| len > 0).then(|| line.trim().to_owned()));
    });
    Some(answer.await.unwrap_or(None))
}

/// Leaves out the control characters, but for the ends of lines and tabs.
pub fn tame(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

/// Leaves out every control character, so that a headline stays on its line.
pub fn on_one_line(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

/// Returns the width of the terminal in columns, 80 where there is none.
fn columns() -> usize {
    usize::from(console::Term::stderr().size().1)
}

/// Cuts a line by display width: a hanzi takes two columns. Control characters are left out, so
/// that no headline can move the cursor.
pub fn cut(text: &str, columns_max: usize) -> String {
    let plain = on_one_line(text);
    if width(&plain) <= columns_max {
        return plain;
    }
    let mut columns = 0;
    let fits = |c: &char| {
        columns += c.width().unwrap_or(0);
        columns < columns_max
    };
    plain.chars().take_while(fits).chain(['…']).collect()
}

fn width(text: &str) -> usize {
    text.chars().filter_map(UnicodeWidthChar::width).sum()
}

/// Fills a line with blanks up to a display width.
pub fn pad(text: &str, columns: usize) -> String {
    let text = cut(text, columns);
    let blanks = " ".repeat(columns.saturating_sub(width(&text)));
    text + &blanks
}

#[cfg(test)]
mod tests {
    use super::{cut, pad, tame};

    #[test]
    fn nothing_that_is_said_commands_the_terminal() {
        assert_eq!(tame("a\x1b[2Jb\u{9b}31m\r\x07\tc\nd"), "a[2Jb31m\tc\nd");
    }

    #[test]
    fn a_line_is_cut_by_columns_not_by_bytes() {
        assert_eq!(cut("灯塔里有人守夜吗？", 9), "灯塔里有…");
        assert_eq!(cut("灯塔里有人守夜吗？", 18), "灯塔里有人守夜吗？");
        assert_eq!(cut("plain", 9), "plain");
        assert_eq!(cut("a\x1b[2Jb", 9), "a[2Jb");
    }

    #[test]
    fn a_cell_is_filled_by_columns() {
        assert_eq!(pad("灯塔", 6), "灯塔  ");
        assert_eq!(pad("abcdefg", 4), "abc…");
    }
}
