//! Who waits for work hears when somebody makes some due.

use tokio::sync::watch;

/// What is pulled to ring every bell.
#[derive(Default)]
pub struct Rope(watch::Sender<()>);

impl Rope {
    pub fn pull(&self) {
        self.0.send_replace(());
    }

    pub fn bell(&self) -> Bell {
        Bell(self.0.subscribe())
    }
}

/// Rings when something of a library is made due at once.
pub struct Bell(watch::Receiver<()>);

impl Bell {
    /// Waits for the next time that it rings; what rang since the last time counts.
    pub async fn rings(&mut self) {
        if self.0.changed().await.is_err() {
            // The library is gone, and nothing will ever be due.
            std::future::pending::<()>().await;
        }
    }
}
