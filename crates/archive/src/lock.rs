//! Who writes a library: one process at a time.

use crate::error::{Error, file};
use std::fs::{File, TryLockError};
use std::path::Path;

/// The lock of a library; the system gives it back when the process ends, however it ends.
pub struct Lock(File);

impl Lock {
    /// Takes the lock; [`Error::Busy`] when another has it.
    pub fn take(folder: &Path) -> Result<Lock, Error> {
        let path = folder.join("library.lock");
        let lock = File::options().create(true).truncate(false).write(true).open(&path);
        let lock = lock.map_err(file("open", &path))?;
        match lock.try_lock() {
            Ok(()) => Ok(Lock(lock)),
            Err(TryLockError::WouldBlock) => Err(Error::Busy(folder.to_owned())),
            Err(TryLockError::Error(source)) => Err(file("lock", &path)(source)),
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing alone is not enough: a process that is being started at this moment holds the
        // file as well, until it has become the other program.
        let _ = self.0.unlock();
    }
}
