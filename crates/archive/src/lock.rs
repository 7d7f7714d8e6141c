//! A lock file: one process at a time works in a folder.

use std::fs::{File, TryLockError};
use std::path::Path;

/// A lock that is held until it is dropped; the system gives it back when the process ends,
/// however it ends.
pub struct Lock(File);

impl Lock {
    /// Takes the lock of a file, and makes the file if there is none.
    pub fn take(path: &Path) -> Result<Lock, TryLockError> {
        let open = File::options().create(true).truncate(false).write(true).open(path);
        let lock = open.map_err(TryLockError::Error)?;
        lock.try_lock().map(|()| Lock(lock))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing alone is not enough: a process that is being started at this moment holds the
        // file as well, until it has become the other program.
        let _ = self.0.unlock();
    }
}
