//! Articles in lists, as readers page through them.

use super::mark;
use crate::error::Error;
use crate::nouns::{ArticleLine, Query};
use crate::pictures;
use crate::sqlite::{Connection, Engine, Row};
use crate::times::{ms, time};
use crate::words::{QUERY_WORDS_MAX, pattern};
use sqlx::{QueryBuilder, Row as _};

const COLUMNS: &str = "SELECT article.pressmark, article.source, source.title, article.headline, \
    article.summary, article.language, article.published, article.first_seen, \
    article.revisions_len, article.revised, article.gone, picture.digest, picture.media_type, \
    picture.width, picture.height, picture.bytes_len FROM article \
    JOIN source ON source.id = article.source \
    LEFT JOIN picture_use ON picture_use.identity = article.lead \
    LEFT JOIN picture ON picture.digest = picture_use.digest";

pub async fn lines(connection: &mut Connection, query: &Query) -> Result<Vec<ArticleLine>, Error> {
    let mut sql = QueryBuilder::new(COLUMNS);
    narrow(&mut sql, query);
    sql.push(" ORDER BY article.place DESC, article.id DESC LIMIT ")
        .push_bind(i64::from(query.limit))
        .push(" OFFSET ")
        .push_bind(i64::from(query.offset));
    let rows = sql.build().fetch_all(connection).await?;
    rows.iter().map(from_row).collect()
}

pub async fn lines_len(connection: &mut Connection, query: &Query) -> Result<u64, Error> {
    let mut sql = QueryBuilder::new("SELECT COUNT(*) FROM article");
    narrow(&mut sql, query);
    let len: i64 = sql.build_query_scalar().fetch_one(connection).await?;
    Ok(len as u64)
}

/// Appends what a query asks for; the only statement that is put together of parts.
fn narrow(sql: &mut QueryBuilder<Engine>, query: &Query) {
    sql.push(" WHERE 1 = 1");
    if let Some(source) = query.source {
        sql.push(" AND article.source = ").push_bind(source);
    }
    if let Some(since) = query.since {
        sql.push(" AND article.place >= ").push_bind(ms(since));
    }
    if let Some(until) = query.until {
        sql.push(" AND article.place < ").push_bind(ms(until));
    }
    if query.edited {
        sql.push(" AND article.revisions_len > 1");
    }
    for word in query.words.iter().take(QUERY_WORDS_MAX) {
        sql.push(
            " AND EXISTS (SELECT 1 FROM words WHERE words.article = article.id AND text LIKE ",
        )
        .push_bind(pattern(word))
        .push(" ESCAPE '\\')");
    }
}

fn from_row(row: &Row) -> Result<ArticleLine, Error> {
    let lead: Option<&[u8]> = row.try_get(11)?;
    Ok(ArticleLine {
        pressmark: mark(row.try_get(0)?)?,
        source: row.try_get(1)?,
        source_title: row.try_get(2)?,
        headline: row.try_get(3)?,
        summary: row.try_get(4)?,
        language: row.try_get(5)?,
        published: row.try_get::<Option<i64>, _>(6)?.map(time),
        first_seen: time(row.try_get(7)?),
        revisions_len: row.try_get(8)?,
        revised: time(row.try_get(9)?),
        gone: row.try_get::<Option<i64>, _>(10)?.is_some(),
        lead: lead.map(|_| pictures::from_row(row, 11)).transpose()?,
    })
}
