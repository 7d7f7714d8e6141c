//! The clock of a client and of whoever works with it.

use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::time::Instant;

/// How long one may sleep by the system's clock before looking again: the machine may be suspended
/// meanwhile, or its clock set.
const NAP_MAX: Duration = Duration::from_secs(30);

/// What time it is, and waiting until it is later.
///
/// The usual clock is the system's. A [led](Clock::led) one stands still while anybody works and
/// jumps to the next moment that somebody waits for once nobody does: a month of following sites
/// passes in minutes, and every decision sees the times that it would have seen.
#[derive(Clone)]
pub struct Clock(Kind);

#[derive(Clone)]
enum Kind {
    System { began: Instant },
    Led(Arc<Led>),
}

impl Default for Clock {
    fn default() -> Clock {
        Clock(Kind::System { began: Instant::now() })
    }
}

/// Somebody who works, as far as a led clock is concerned, for as long as this lives.
pub struct Working(Clock);

impl Clock {
    /// Returns a clock that begins at `start` and is led by those who wait for it.
    ///
    /// Whoever makes it holds the first [`Working`], so that it stands still until there is
    /// something to wait for.
    pub fn led(start: Timestamp) -> (Clock, Working) {
        let state = State { passed: Duration::ZERO, working: 1, next: 0, waiting: BTreeMap::new() };
        let clock = Clock(Kind::Led(Arc::new(Led { start, state: Mutex::new(state) })));
        (clock.clone(), Working(clock))
    }

    pub fn now(&self) -> Timestamp {
        match &self.0 {
            Kind::System { .. } => Timestamp::now(),
            Kind::Led(led) => {
                let passed = SignedDuration::try_from(led.state().passed).unwrap_or_default();
                led.start.checked_add(passed).unwrap_or(Timestamp::MAX)
            }
        }
    }

    /// Returns how long the clock has run; it never goes back, whatever is done to the system's.
    pub fn running(&self) -> Duration {
        match &self.0 {
            Kind::System { began } => began.elapsed(),
            Kind::Led(led) => led.state().passed,
        }
    }

    /// Returns the longest time that is worth sleeping through until something falls due.
    pub fn nap_max(&self) -> Duration {
        match &self.0 {
            Kind::System { .. } => NAP_MAX,
            Kind::Led(_) => Duration::MAX,
        }
    }

    /// Waits; meanwhile the caller does not count as working.
    pub async fn sleep(&self, wait: Duration) {
        self.idle(self.pass(wait)).await;
    }

    /// Waits among other things, inside [`idle`](Clock::idle).
    pub async fn pass(&self, wait: Duration) {
        match &self.0 {
            Kind::System { .. } => tokio::time::sleep(wait).await,
            Kind::Led(led) => led.pass(wait).await,
        }
    }

    /// Waits for something that others bring about; meanwhile the caller does not count as
    /// working.
    pub async fn idle<T>(&self, wait: impl Future<Output = T>) -> T {
        let mut wait = pin!(wait);
        // Looked at once before the clock may jump: what is there is taken, and a moment that
        // is waited for is known.
        match poll_fn(|context| Poll::Ready(wait.as_mut().poll(context))).await {
            Poll::Ready(done) => done,
            Poll::Pending => {
                let _idle = Idle::begin(self);
                wait.await
            }
        }
    }

    /// Counts somebody more as working.
    pub fn work(&self) -> Working {
        if let Kind::Led(led) = &self.0 {
            led.state().working += 1;
        }
        Working(self.clone())
    }
}

impl Drop for Working {
    fn drop(&mut self) {
        if let Kind::Led(led) = &self.0.0 {
            led.rest();
        }
    }
}

/// The time in which a caller does not work; it ends when this is dropped, however that comes.
struct Idle<'a>(&'a Clock);

impl Idle<'_> {
    fn begin(clock: &Clock) -> Idle<'_> {
        if let Kind::Led(led) = &clock.0 {
            led.rest();
        }
        Idle(clock)
    }
}

impl Drop for Idle<'_> {
    fn drop(&mut self) {
        if let Kind::Led(led) = &self.0.0 {
            led.state().working += 1;
        }
    }
}

struct Led {
    start: Timestamp,
    state: Mutex<State>,
}

struct State {
    passed: Duration,
    working: usize,
    next: u64,
    /// Who waits for which moment; the number tells apart those who wait for the same one.
    waiting: BTreeMap<(Duration, u64), oneshot::Sender<()>>,
}

impl Led {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn rest(&self) {
        let mut state = self.state();
        state.working = state.working.saturating_sub(1);
        state.jump();
    }

    async fn pass(&self, wait: Duration) {
        let mut call = self.call(wait);
        if (&mut call.waiting).await.is_ok() {
            self.state().working -= 1;
        }
    }

    fn call(&self, wait: Duration) -> Call<'_> {
        let (woken, waiting) = oneshot::channel();
        let mut state = self.state();
        let place = (state.passed.saturating_add(wait), state.next);
        state.next += 1;
        state.waiting.insert(place, woken);
        state.jump();
        Call { led: self, place, waiting }
    }
}

/// Somebody who waits for a moment.
struct Call<'a> {
    led: &'a Led,
    place: (Duration, u64),
    waiting: oneshot::Receiver<()>,
}

impl Drop for Call<'_> {
    fn drop(&mut self) {
        let mut state = self.led.state();
        state.waiting.remove(&self.place);
        // Called, and gone before that was heard.
        if self.waiting.try_recv().is_ok() {
            state.working -= 1;
        }
    }
}

impl State {
    /// Goes on to the next moment that somebody waits for, if nobody works.
    ///
    /// Who is called counts as working at once, and not only when the runtime comes round to it.
    fn jump(&mut self) {
        while self.working == 0 {
            let Some(((moment, _), woken)) = self.waiting.pop_first() else {
                return;
            };
            self.passed = self.passed.max(moment);
            self.working += 1;
            if woken.send(()).is_err() {
                self.working -= 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Clock;
    use jiff::Timestamp;
    use std::time::Duration;

    const HOUR: Duration = Duration::from_secs(3600);

    #[tokio::test]
    async fn a_led_clock_jumps_when_nobody_works() {
        let start: Timestamp = "2026-11-01T00:00:00Z".parse().unwrap();
        let (clock, _working) = Clock::led(start);
        assert_eq!(clock.now(), start);
        clock.sleep(HOUR * 24 * 30).await;
        assert_eq!(clock.now(), "2026-12-01T00:00:00Z".parse().unwrap());
    }

    #[tokio::test]
    async fn a_led_clock_stands_still_while_somebody_works() {
        let (clock, working) = Clock::led(Timestamp::UNIX_EPOCH);
        let sleeper = tokio::spawn({
            let (clock, also) = (clock.clone(), clock.work());
            async move {
                clock.sleep(HOUR).await;
                drop(also);
                clock.running()
            }
        });
        for _ in 0..100 {
            tokio::task::yield_now().await;
        }
        assert_eq!(clock.running(), Duration::ZERO, "we work");
        drop(working);
        assert_eq!(sleeper.await.unwrap(), HOUR);
    }

    #[tokio::test]
    async fn who_gave_up_waiting_is_not_waited_for() {
        let (clock, _working) = Clock::led(Timestamp::UNIX_EPOCH);
        let impatient = clock.idle(async {
            tokio::select! {
                () = clock.pass(HOUR) => {}
                () = clock.pass(HOUR * 2) => {}
            }
        });
        impatient.await;
        clock.sleep(HOUR * 5).await;
        assert_eq!(clock.running(), HOUR * 6);
    }
}
