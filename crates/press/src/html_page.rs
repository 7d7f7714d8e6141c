//! An article.

use crate::Facts;
use news::Article;

pub fn article(_a: &Article, _facts: &Facts) -> String {
    String::new()
}
