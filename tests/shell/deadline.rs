//! Every wait of a test has an end, and says what was waited for.

use std::io::Read;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// Longest time that a test waits for a program. None takes a tenth of it on a quiet machine.
const LONGEST: Duration = Duration::from_secs(600);

/// A program that is waited for, but not for ever.
pub(crate) trait Finish {
    /// Runs it to its end, and reads what it says.
    ///
    /// # Errors
    /// It cannot be started.
    fn finish(&mut self) -> std::io::Result<Output>;
}

impl Finish for Command {
    fn finish(&mut self) -> std::io::Result<Output> {
        self.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let shown = format!("{self:?}");
        Ok(output(self.spawn()?, &shown))
    }
}

/// What a program that runs says until its end.
pub(crate) fn output(mut child: Child, shown: &str) -> Output {
    // Both are read at once: a full pipe would hold the program up.
    let (out, err) = (read(child.stdout.take()), read(child.stderr.take()));
    let status = end(&mut child, shown);
    let [stdout, stderr] = [out, err].map(|bytes| bytes.join().expect("a pipe can be read"));
    Output { status, stdout, stderr }
}

/// How a program ends; one that does not is killed, and fails the test.
#[track_caller]
pub(crate) fn end(child: &mut Child, shown: &str) -> ExitStatus {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait().expect("a child of ours") {
            return status;
        }
        if start.elapsed() > LONGEST {
            let _ = child.kill();
            panic!("it has not ended after {} s: {shown}", LONGEST.as_secs());
        }
        thread::sleep(Duration::from_millis(5));
    }
}

fn read(pipe: Option<impl Read + Send + 'static>) -> JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut pipe) = pipe {
            let _ = pipe.read_to_end(&mut bytes);
        }
        bytes
    })
}
