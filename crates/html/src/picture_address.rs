//! Sees through proxies of pictures.
