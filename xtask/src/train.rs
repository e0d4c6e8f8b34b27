//! `cargo xtask train`: the taggers of `languages/`, from the treebanks that may be trained on.

use counterclaim_tagger::train::{Scheme, Sentence, accuracy, from_conllu, segmentation, train_conllu};
use counterclaim_tagger::{Model, Scratch, Token};
use std::error::Error;
use std::fs;
use std::path::Path;

/// English treebanks besides `gum-news` and the test part of EWT, which are held out for the figures.
const ENGLISH: [&str; 8] = [
    "gum-academic",
    "gum-bio",
    "gum-court",
    "gum-interview",
    "gum-speech",
    "gum-textbook",
    "gum-voyage",
    "en_ewt-ud-dev",
];

/// Trains, says on standard output what the models get right of held-out text, then trains on everything and writes `languages/*/tagger.bin`
/// under the current directory. `shared` is the folder that holds `train/`.
///
/// # Errors
/// When a treebank cannot be read or a model cannot be written.
#[expect(clippy::print_stdout, reason = "a command's output")]
pub(crate) fn run(shared: &Path) -> Result<(), Box<dyn Error>> {
    let read = |name: &str| {
        let path = shared.join("train").join(format!("{name}.conllu"));
        fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
    };

    let mut english = ENGLISH.iter().map(|name| read(name)).collect::<Result<Vec<_>, _>>()?;
    let news = read("gum-news")?;
    let (news, news_held) = news.split_at(last_third(&news));
    let web_held = read("en_ewt-ud-test")?;
    english.push(news.to_owned());
    let model = Model::from_bytes(&train_conllu(&refs(&english), Scheme::Penn)?)?;
    for (name, held) in [("gum-news, last third", news_held), ("EWT test", &web_held)] {
        let sentences = from_conllu(held, Scheme::Penn)?;
        let (share, tokens) = accuracy(&model, &sentences);
        let (lower, _) = accuracy(&model, &recased(&sentences, |form| form.to_lowercase()));
        let (upper, _) = accuracy(&model, &recased(&sentences, |form| form.to_uppercase()));
        println!(
            "en  {name}: {:.2} % of {tokens} tokens; in lower case {:.2}, in capitals {:.2}",
            100.0 * share,
            100.0 * lower,
            100.0 * upper
        );
    }
    english.push(news_held.to_owned());
    english.push(web_held);
    write("languages/en/tagger.bin", &train_conllu(&refs(&english), Scheme::Penn)?)?;

    let mut vietnamese = vec![read("vi_vtb-ud-train")?, read("vi_vtb-ud-dev")?];
    let held = read("vi_vtb-ud-test")?;
    let model = Model::from_bytes(&train_conllu(&refs(&vietnamese), Scheme::Syllables)?)?;
    let sentences = from_conllu(&held, Scheme::Syllables)?;
    let (share, tokens) = accuracy(&model, &sentences);
    let (both, given, gold) = segments(&model, &sentences);
    let f1 = 2.0 * both as f64 / (given + gold) as f64;
    println!(
        "vi  VTB test: {:.2} % of {tokens} syllables; words F1 {:.2} of {gold}",
        100.0 * share,
        100.0 * f1
    );
    vietnamese.push(held);
    write(
        "languages/vi/tagger.bin",
        &train_conllu(&refs(&vietnamese), Scheme::Syllables)?,
    )?;
    Ok(())
}

fn refs(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}

/// Where the document begins with which the last third of a treebank's documents begins.
fn last_third(treebank: &str) -> usize {
    let begins: Vec<usize> = treebank.match_indices("# newdoc").map(|(at, _)| at).collect();
    begins.get(begins.len() * 2 / 3).copied().unwrap_or(treebank.len())
}

fn recased(sentences: &[Sentence], how: impl Fn(&str) -> String) -> Vec<Sentence> {
    sentences
        .iter()
        .map(|sentence| sentence.iter().map(|(form, tag)| (how(form), tag.clone())).collect())
        .collect()
}

/// Words in both, words given, words in gold.
fn segments(model: &Model, sentences: &[Sentence]) -> (usize, usize, usize) {
    let mut sum = (0, 0, 0);
    for sentence in sentences {
        let tokens: Vec<Token<'_>> = sentence.iter().map(|(form, _)| Token { text: form }).collect();
        let mut tags = Vec::new();
        model.tag(&tokens, &mut Scratch::default(), &mut tags);
        let given = tags.iter().map(|&tag| model.name(tag));
        let (both, given, gold) = segmentation(given, sentence.iter().map(|(_, tag)| tag.as_str()));
        sum = (sum.0 + both, sum.1 + given, sum.2 + gold);
    }
    sum
}

#[expect(clippy::print_stdout, reason = "a command's output")]
fn write(path: &str, bytes: &[u8]) -> Result<(), Box<dyn Error>> {
    fs::write(path, bytes).map_err(|error| format!("{path}: {error}"))?;
    println!("    {path}: {} bytes", bytes.len());
    Ok(())
}
