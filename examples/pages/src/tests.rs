//! The whole service on a small tree, asked over the network.

use crate::load::{self, Client};
use crate::web::{Entry, Folder};
use std::fs;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

fn tree(name: &str) -> PathBuf {
    let root = std::env::temp_dir().join(format!("gangplank-pages-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&root);
    fs::create_dir_all(root.join("a/b")).unwrap();
    fs::write(root.join("a/one.go"), "package a\n").unwrap();
    fs::write(root.join("a/<script>.go"), "").unwrap();
    root
}

async fn served(name: &str) -> (SocketAddr, PathBuf) {
    let root = tree(name);
    (crate::start(root.clone(), SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap(), root)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_is_fetched_and_rendered_by_go() {
    let (address, root) = served("page").await;
    let mut client = Client::connect(address).await.unwrap();
    let (status, page) = client.get("/a").await.unwrap();
    assert_eq!(status, 200, "{page}");
    assert!(page.contains("<a href=\"/a/b\">b/</a>"), "{page}");
    assert!(page.contains("<td>one.go<td>10"), "{page}");
    // Go's template escapes; a name is never markup.
    assert!(page.contains("&lt;script&gt;.go") && !page.contains("<script>"), "{page}");
    let (_, page) = client.get("/a/b").await.unwrap();
    assert!(page.contains("nothing here"), "{page}");
    fs::remove_dir_all(root).unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_error_of_go_reaches_the_browser() {
    let (address, root) = served("error").await;
    let mut client = Client::connect(address).await.unwrap();
    let (status, text) = client.get("/missing").await.unwrap();
    assert_eq!((status, text.as_str()), (502, "GET /missing: 404 Not Found"));
    fs::remove_dir_all(root).unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_fetch_that_is_dropped_is_cancelled_in_go() {
    // A server that never answers, and tells when its client hangs up.
    let silent = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("http://{}/", silent.local_addr().unwrap());
    let web = gangplank::imported::<dyn crate::Web>().unwrap();
    let fetch = tokio::spawn(async move { web.fetch(url).await });
    let (mut stream, _) = silent.accept().await.unwrap();
    fetch.abort();
    let mut request = Vec::new();
    let closed = tokio::io::AsyncReadExt::read_to_end(&mut stream, &mut request);
    tokio::time::timeout(Duration::from_secs(10), closed).await.expect("the connection stays open").unwrap();
    assert!(request.starts_with(b"GET / HTTP/1.1"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn under_load_nothing_fails() {
    let (address, root) = served("load").await;
    let seen = load::run(address, &["/", "/a", "/a/b"], 64, Duration::from_millis(500)).await.unwrap();
    let row = seen.row();
    let numbers: Vec<&str> = row.split_whitespace().collect();
    assert_eq!(numbers[0], "64");
    assert_eq!(numbers[numbers.len() - 2], "0", "some pages failed: {row}");
    fs::remove_dir_all(root).unwrap();
}

#[test]
fn folders_are_read_in_order_and_not_from_outside() {
    let root = tree("read");
    let entry = |name: &str, folder, size| Entry { name: name.into(), folder, size };
    let entries = vec![entry("<script>.go", false, 0), entry("b", true, 0), entry("one.go", false, 10)];
    assert_eq!(crate::upstream::read(&root, "a"), Some(Folder { path: "a".into(), entries }));
    for outside in ["..", "a/../..", "/etc", "missing"] {
        assert_eq!(crate::upstream::read(&root, outside), None, "{outside}");
    }
    fs::remove_dir_all(root).unwrap();
}
