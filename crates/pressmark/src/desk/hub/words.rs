//! Words that nobody can guess.

use anyhow::anyhow;
use ring::rand::{SecureRandom, SystemRandom};
use std::fmt::Write as _;

/// How much chance is in a word, in bytes.
const CHANCE_BYTES: usize = 32;

/// Returns 64 hexadecimal digits of the system's chance.
pub fn unguessable() -> anyhow::Result<String> {
    let mut bytes = [0; CHANCE_BYTES];
    let filled = SystemRandom::new().fill(&mut bytes);
    filled.map_err(|_| anyhow!("the system gives no random numbers"))?;
    Ok(bytes.iter().fold(String::new(), |mut word, byte| {
        let _ = write!(word, "{byte:02x}");
        word
    }))
}

#[cfg(test)]
mod tests {
    use super::unguessable;

    #[test]
    fn no_two_words_are_alike() {
        let words = [(); 3].map(|()| unguessable().expect("chance"));
        assert!(words.iter().all(|word| word.len() == 64));
        assert!(words[0] != words[1] && words[1] != words[2] && words[0] != words[2]);
    }
}
