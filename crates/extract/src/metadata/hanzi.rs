//! Bylines of Chinese pages: `作者：林小河`, `本报记者 林小河 王一山`, `林小河/文`, `（林小河）`.

/// How many hanzi a name has.
const NAME: std::ops::RangeInclusive<usize> = 2..=4;
/// How many names one line may give.
const NAMES_MAX: usize = 6;

/// After these, names follow.
#[rustfmt::skip]
const SIGNS: [&str; 15] = [
    "作者", "記者", "记者", "撰文", "撰稿", "文字", "文：", "文/", "文／", "通讯员", "通訊員", "实习生", "實習生",
    "执笔人", "執筆人",
];
/// After these, those who edited it.
const EDITORS: [&str; 8] = ["责任编辑", "責任編輯", "责编", "責編", "编辑", "編輯", "来源", "來源"];
/// What stands behind a reporter and is no name.
#[rustfmt::skip]
const VERBS: [&str; 28] = [
    "获悉", "了解", "采访", "看到", "发现", "报道", "走进", "来到", "從", "从", "在", "對", "对", "專訪",
    "简介", "簡介", "未知", "不详", "会见", "会見", "會見", "招待", "團", "团", "席", "站", "手记", "大小",
];

/// What follows a reporter's name without a sign between.
const ENDS: [&str; 5] = ["发自", "發自", "报道", "報導", "報道"];

/// Returns the writers that a line names.
pub fn authors(line: &str) -> Vec<String> {
    let named = SIGNS.iter().filter_map(|sign| Some(after(line.split_once(sign)?.1)));
    let named = named.chain([before_sign(line)]);
    named.into_iter().find(|names| !names.is_empty()).unwrap_or_default()
}

/// Returns the reporters whom a paragraph names in its brackets: `潮报北岸3月9日电（记者 林小河）`.
pub fn reporters(paragraph: &str) -> Vec<String> {
    let inner =
        paragraph.split(['（', '(']).skip(1).filter_map(|rest| rest.split(['）', ')']).next());
    let named = inner.filter(|inner| inner.contains("记者") || inner.contains("記者")).map(authors);
    named.into_iter().find(|names| !names.is_empty()).unwrap_or_default()
}

/// Returns the name that a line is, alone: it begins with one of the frequent family names.
pub fn alone(line: &str) -> Vec<String> {
    let name: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    let is_name = NAME_ALONE.contains(&name.chars().count())
        && name.chars().all(is_han)
        && name.chars().next().is_some_and(|first| FAMILIES.contains(first));
    if is_name { vec![name] } else { Vec::new() }
}

/// How many hanzi a name has that stands without a sign.
const NAME_ALONE: std::ops::RangeInclusive<usize> = 2..=3;

/// The most frequent family names, in both scripts.
const FAMILIES: &str = "王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭程曹袁邓鄧许許傅沈曾彭吕呂苏蘇卢盧蒋蔣蔡贾賈丁魏薛叶葉阎閻余潘杜戴夏钟鍾汪田任姜范方石姚谭譚廖邹鄒熊金陆陸郝孔白崔康毛邱秦江史顾顧侯邵孟龙龍万萬段雷钱錢汤湯尹黎易常武乔喬贺賀赖賴龚龔文";

/// What only houses end with.
const HOUSES: [&str; 24] = [
    "网",
    "報",
    "报",
    "社",
    "网络",
    "網",
    "台",
    "臺",
    "中心",
    "公司",
    "编辑部",
    "編輯部",
    "委员会",
    "政府",
    "频道",
    "頻道",
    "新聞",
    "通信",
    "編集部",
    "일보",
    "신문",
    "뉴스",
    "방송",
    "통신",
];

/// Tells whether a name is a house's.
pub fn is_house(name: &str) -> bool {
    name.chars().count() > 2 && HOUSES.iter().any(|end| name.ends_with(end))
}

/// Returns the editors that a line names, or who sent it in.
pub fn editors(line: &str) -> Vec<String> {
    let named = EDITORS.iter().filter_map(|sign| Some(after(line.split_once(sign)?.1)));
    named.into_iter().find(|names| !names.is_empty()).unwrap_or_default()
}

/// Returns the names of a line that is nothing but names in brackets.
pub fn in_brackets(line: &str) -> Vec<String> {
    let inner = line.trim().strip_prefix(['（', '(']);
    let inner = inner.and_then(|rest| rest.strip_suffix(['）', ')']));
    match inner.map(after) {
        Some(names) if inner.is_some_and(|inner| is_only(inner, &names)) => names,
        _ => Vec::new(),
    }
}

fn is_only(inner: &str, names: &[String]) -> bool {
    let hanzi = inner.chars().filter(|c| is_han(*c)).count();
    hanzi == names.iter().map(|name| name.chars().count()).sum::<usize>()
}

/// Reads names until something else comes.
fn after(rest: &str) -> Vec<String> {
    let rest = rest.trim_start_matches(is_between);
    let mut names = Vec::new();
    for part in rest.split_inclusive(is_between) {
        // A label of the next thing ends the names: `来源：`.
        if part.ends_with(['：', ':']) {
            break;
        }
        let run = part.trim_end_matches(is_between);
        if run.is_empty() {
            continue;
        }
        let run = ENDS.iter().filter_map(|end| run.find(end)).min().map_or(run, |end| &run[..end]);
        let name: String = run.chars().take_while(|c| is_han(*c)).collect();
        let len = name.chars().count();
        let is_whole = name.len() == run.len() || run[name.len()..].starts_with(ends);
        let is_name =
            NAME.contains(&len) && is_whole && !VERBS.iter().any(|verb| name.starts_with(verb));
        if !is_name || is_sign(&name) {
            break;
        }
        names.push(name.clone());
        if name.len() < run.len() || names.len() == NAMES_MAX {
            break;
        }
    }
    names
}

/// `林小河/文`.
fn before_sign(line: &str) -> Vec<String> {
    let before = ["/文", "／文", "/撰文"].iter().find_map(|sign| Some(line.split_once(sign)?.0));
    let Some(before) = before else {
        return Vec::new();
    };
    let name: Vec<char> = before.chars().rev().take_while(|c| is_han(*c)).collect();
    let name: String = name.into_iter().rev().collect();
    if NAME.contains(&name.chars().count()) { vec![name] } else { Vec::new() }
}

/// Tells whether a character is a hanzi, and no kana.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn is_between(c: char) -> bool {
    c.is_whitespace() || matches!(c, '：' | ':' | '、' | '，' | ',' | '/' | '／' | '|' | '｜')
}

fn ends(c: char) -> bool {
    !is_han(c)
}

fn is_sign(name: &str) -> bool {
    SIGNS.iter().chain(&EDITORS).any(|sign| name.starts_with(sign) || name.ends_with(sign))
        || ["发布", "發布", "发表", "發表", "时间", "時間", "日期", "点击", "點擊", "浏览", "瀏覽"]
            .iter()
            .any(|word| name.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_behind_their_sign() {
        assert_eq!(authors("2005年05月07日 12:00 作者：林小河 来源：潮报"), ["林小河"]);
        assert_eq!(authors("潮报记者 林小河 王一山"), ["林小河", "王一山"]);
        assert_eq!(authors("潮报记者林小河/文 供图"), ["林小河"]);
        assert_eq!(authors("林小河／文"), ["林小河"]);
        assert_eq!(in_brackets("（林小河）"), ["林小河"]);
        assert_eq!(editors("责任编辑：王一山"), ["王一山"]);
        assert_eq!(authors("作者：林小河 阅读：1024 字号：大"), ["林小河"]);
        assert_eq!(authors("记者：林小河 摄影：王一山"), ["林小河"]);
        assert_eq!(authors("本报记者林小河发自北岸"), ["林小河"]);
        assert_eq!(
            reporters("潮报北岸3月9日电（记者 林小河、王一山）渡轮停航。"),
            ["林小河", "王一山"]
        );
        assert_eq!(alone("林 小河"), ["林小河"]);
    }

    #[test]
    fn what_a_reporter_learns_is_no_name() {
        assert!(authors("记者获悉，渡轮已经停航三天").is_empty());
        assert!(authors("记者从港务局了解到").is_empty());
        assert!(in_brackets("（渡轮已经停航三天）").is_empty());
        assert!(alone("停航通知").is_empty() && reporters("渡轮（图）停航").is_empty());
        assert!(editors("来源：发布时间：2005").is_empty());
    }
}
