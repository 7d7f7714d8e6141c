//! A picture worker's own side: it ties its hands, then makes one picture after the other.
//!
//! Before it looks at a stranger's bytes it gives up all that it doesn't need: files, sockets and
//! processes (a filter of system calls, where the kernel has one, and limits of their number),
//! memory beyond [`MEMORY_BYTES_MAX`], and for each picture processor time beyond [`CPU_S_MAX`].

use super::frame;
use picture::Limits;
use rustix::process::{Resource, Rlimit, setrlimit};
use rustix::time::{ClockId, clock_gettime};
use seccompiler::{BpfProgram, SeccompAction, SeccompFilter};
use std::io::{self, Read, Write};

/// Memory of a worker: what the largest picture takes, twice over.
const MEMORY_BYTES_MAX: u64 = 1024 * 1024 * 1024;

/// Seconds of processor time for one picture, should whoever kills at the deadline be gone.
const CPU_S_MAX: u64 = 20;

/// Pixels of all frames of an animation, as each is held in full: 600 MB at the peak.
const FRAME_PIXELS_MAX: u64 = 50_000_000;

/// Makes pictures, as they come over standard input, until it ends.
pub fn work() -> anyhow::Result<()> {
    tie_hands()?;
    let limits = Limits { frame_pixels_max: FRAME_PIXELS_MAX, ..Limits::default() };
    let (mut from, mut to) = (io::stdin().lock(), io::stdout().lock());
    let mut len = [0; 4];
    while from.read_exact(&mut len).is_ok() {
        let mut asked = vec![0; frame::len(len)?];
        from.read_exact(&mut asked)?;
        let (order, bytes) = frame::read_order(&asked)?;
        limit_time()?;
        to.write_all(&frame::answer(&order.fill(bytes, &limits)))?;
        to.flush()?;
    }
    Ok(())
}

fn tie_hands() -> anyhow::Result<()> {
    // Standard input, output and error are open; nothing else ever will be.
    limit(Resource::Nofile, 3)?;
    limit(Resource::Nproc, 0)?;
    limit(Resource::Fsize, 0)?;
    limit(Resource::Core, 0)?;
    limit(Resource::As, MEMORY_BYTES_MAX)?;
    // A kernel without filters still has the limits.
    if let Err(error) = filter().and_then(|filter| seccompiler::apply_filter(&filter)) {
        eprintln!("pressmark: picture worker without a filter of system calls: {error}");
    }
    Ok(())
}

fn limit(resource: Resource, most: u64) -> io::Result<()> {
    Ok(setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })?)
}

/// Gives the next picture its time. Only the lower limit is moved: the upper can't be raised.
fn limit_time() -> io::Result<()> {
    let used_s = clock_gettime(ClockId::ProcessCPUTime).tv_sec.unsigned_abs();
    let current = Some(used_s + CPU_S_MAX);
    Ok(setrlimit(Resource::Cpu, Rlimit { current, maximum: None })?)
}

/// Lets through what computing, memory and the two pipes take; all else fails with EPERM.
fn filter() -> Result<BpfProgram, seccompiler::Error> {
    let calls = [
        libc::SYS_read,
        libc::SYS_write,
        libc::SYS_writev,
        libc::SYS_close,
        libc::SYS_mmap,
        libc::SYS_munmap,
        libc::SYS_mremap,
        libc::SYS_mprotect,
        libc::SYS_madvise,
        libc::SYS_brk,
        libc::SYS_futex,
        libc::SYS_clock_gettime,
        libc::SYS_prlimit64,
        libc::SYS_getrandom,
        libc::SYS_sched_yield,
        libc::SYS_rt_sigaction,
        libc::SYS_rt_sigprocmask,
        libc::SYS_rt_sigreturn,
        libc::SYS_sigaltstack,
        libc::SYS_restart_syscall,
        libc::SYS_getpid,
        libc::SYS_gettid,
        libc::SYS_tgkill,
        libc::SYS_exit,
        libc::SYS_exit_group,
    ];
    let filter = SeccompFilter::new(
        calls.into_iter().map(|call| (call, Vec::new())).collect(),
        SeccompAction::Errno(libc::EPERM as u32),
        SeccompAction::Allow,
        std::env::consts::ARCH.try_into()?,
    )?;
    Ok(filter.try_into()?)
}
