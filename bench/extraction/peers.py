#!/usr/bin/env python3
"""peers.py PEER: reads pages as another reader does: a page a line in, an answer a line out, JSON both.
peers.py PEER FILE: how many seconds all the pages of a file take it at best, from text in memory.

Runs where peers.txt is installed. Each peer gets the page as text, its address and its language, and is
set to read the article without comments; else it is as it comes."""
import json, os, sys, time

# Passes over the pages go on for so long, and the shortest counts.
PASSES_SECONDS = 2


def trafilatura():
    from trafilatura import bare_extraction

    def read(page):
        found = bare_extraction(page["html"], url=page["url"], include_comments=False, with_metadata=True)
        return found and {"text": found.text, "title": found.title, "authors": found.author,
                          "published": found.date, "image": found.image}
    return read


def readability_lxml():
    from readability import Document
    from resiliparse.extract.html2text import extract_plain_text

    def read(page):
        document = Document(page["html"], url=page["url"])
        # It answers with HTML.
        text = extract_plain_text(document.summary(), list_bullets=False, alt_texts=False)
        return {"text": text, "title": document.short_title(), "authors": document.author()}
    return read


def newspaper4k():
    import newspaper
    from newspaper.languages import valid_languages
    known = {code for code, _ in valid_languages()}

    def read(page):
        language = {"language": page["lang"]} if page["lang"] in known else {}
        article = newspaper.Article(page["url"], fetch_images=False, **language)
        article.download(input_html=page["html"])
        article.parse()
        return {"text": article.text, "title": article.title, "authors": article.authors,
                "published": article.publish_date, "image": article.top_image}
    return read


def resiliparse():
    from resiliparse.extract.html2text import extract_plain_text

    def read(page):
        return {"text": extract_plain_text(page["html"], main_content=True, alt_texts=False)}
    return read


def goose3():
    from goose3 import Goose
    from goose3.text import StopWordsArabic, StopWordsChinese, StopWordsKorean
    words = {"ar": StopWordsArabic, "zh": StopWordsChinese, "ko": StopWordsKorean}

    def read(page):
        options = {"use_meta_language": False, "target_language": page["lang"]}
        if page["lang"] in words:
            options["stopwords_class"] = words[page["lang"]]
        with Goose(options) as goose:
            found = goose.extract(raw_html=page["html"])
        return {"text": found.cleaned_text, "title": found.title, "authors": found.authors,
                "published": found.publish_date}
    return read


def justext():
    import justext
    names = {"ar": "Arabic", "da": "Danish", "de": "German", "el": "Greek", "en": "English", "es": "Spanish",
             "fa": "Persian", "fi": "Finnish", "fr": "French", "hu": "Hungarian", "id": "Indonesian",
             "is": "Icelandic", "it": "Italian", "ko": "Korean", "la": "Latin", "lv": "Latvian", "nl": "Dutch",
             "pl": "Polish", "pt": "Portuguese", "ru": "Russian", "sv": "Swedish", "tr": "Turkish"}

    def read(page):
        # Without a list of words it is to be run as its manual says: no paragraph is asked for them.
        known = names.get(page["lang"])
        options = {} if known else {"stopwords_low": 0, "stopwords_high": 0}
        words = justext.get_stoplist(known) if known else frozenset()
        paragraphs = justext.justext(page["html"], words, **options)
        return {"text": "\n".join(each.text for each in paragraphs if not each.is_boilerplate)}
    return read


PEERS = {"trafilatura": trafilatura, "readability-lxml": readability_lxml, "newspaper4k": newspaper4k,
         "resiliparse": resiliparse, "goose3": goose3, "justext": justext}


def answer(read, page):
    try:
        return read(page) or {}
    except Exception as error:
        return {"failed": f"{type(error).__name__}: {str(error)[:80]}"}


def serve(read, out):
    print("{}", file=out, flush=True)
    for line in sys.stdin:
        print(json.dumps(answer(read, json.loads(line)), default=str), file=out, flush=True)


def passes(read, pages):
    best, start = float("inf"), time.perf_counter()
    while time.perf_counter() - start < PASSES_SECONDS:
        begin = time.perf_counter()
        for page in pages:
            answer(read, page)
        best = min(best, time.perf_counter() - begin)
    return best


def main():
    # Some of them print what they think.
    out, sys.stdout = os.fdopen(os.dup(1), "w"), sys.stderr
    read = PEERS[sys.argv[1]]()
    if len(sys.argv) < 3:
        serve(read, out)
    else:
        with open(sys.argv[2]) as rows:
            print(passes(read, [json.loads(row) for row in rows]), file=out)


if __name__ == "__main__":
    main()
