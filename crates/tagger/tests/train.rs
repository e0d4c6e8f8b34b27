//! The trainer and the model together, on sentences made up for this.

use counterclaim_tagger::train::{Scheme, Trainer, accuracy, from_conllu, segmentation};
use counterclaim_tagger::{Model, Scratch, Template, Token};

const ENGLISH: &[&str] = &[
    "The/DT ministry/NN denied/VBD the/DT claim/NN ./PUNCT",
    "The/DT army/NN shelled/VBD the/DT town/NN on/IN Friday/NNP ./PUNCT",
    "Officials/NNS said/VBD two/CD civilians/NNS were/VBD killed/VBN ./PUNCT",
    "He/PRP said/VBD the/DT army/NN shelled/VBD two/CD villages/NNS ./PUNCT",
    "The/DT attack/NN killed/VBD three/CD soldiers/NNS ,/PUNCT she/PRP said/VBD ./PUNCT",
    "They/PRP will/MD attack/VB the/DT town/NN ./PUNCT",
    "Three/CD soldiers/NNS were/VBD wounded/VBN on/IN Monday/NNP ./PUNCT",
    "The/DT village/NN was/VBD burned/VBN by/IN the/DT army/NN ./PUNCT",
    "Residents/NNS fled/VBD quickly/RB ./PUNCT",
    "The/DT spokesman/NN rejected/VBD the/DT accusation/NN ./PUNCT",
    "Rebels/NNS attacked/VBD two/CD towns/NNS in/IN May/NNP ./PUNCT",
    "It/PRP may/MD rain/VB in/IN the/DT town/NN ./PUNCT",
];

fn sentences() -> Vec<Vec<(String, String)>> {
    let pair = |item: &str| {
        let (form, tag) = item.rsplit_once('/').expect("form/tag");
        (form.to_owned(), tag.to_owned())
    };
    ENGLISH.iter().map(|line| line.split(' ').map(pair).collect()).collect()
}

fn trained() -> Vec<u8> {
    let mut trainer = Trainer::new(Template::Words);
    for sentence in sentences() {
        let pairs: Vec<(&str, &str)> = sentence
            .iter()
            .map(|(form, tag)| (form.as_str(), tag.as_str()))
            .collect();
        trainer.push(&pairs);
    }
    trainer.train()
}

fn tags_of(model: &Model, text: &str) -> String {
    let tokens: Vec<Token<'_>> = text.split(' ').map(|text| Token { text }).collect();
    let mut tags = Vec::new();
    model.tag(&tokens, &mut Scratch::default(), &mut tags);
    assert_eq!(tags.len(), tokens.len());
    tags.iter().map(|&tag| model.name(tag)).collect::<Vec<_>>().join(" ")
}

#[test]
fn learns_what_it_was_shown_and_a_little_more() {
    let model = Model::from_bytes(&trained()).unwrap();
    assert!(accuracy(&model, &sentences()).0 > 0.99);
    assert_eq!(
        tags_of(&model, "The army rejected two accusations ."),
        "DT NN VBD CD NNS PUNCT"
    );
    // One word, two tags.
    assert_eq!(
        tags_of(&model, "They may attack the town in May ."),
        "PRP MD VB DT NN IN NNP PUNCT"
    );
}

#[test]
fn the_same_sentences_give_the_same_bytes() {
    assert_eq!(trained(), trained());
}

#[test]
fn tags_are_appended_and_the_empty_sentence_has_none() {
    let model = Model::from_bytes(&trained()).unwrap();
    let mut tags = Vec::new();
    let mut scratch = Scratch::default();
    model.tag(&[Token { text: "town" }], &mut scratch, &mut tags);
    model.tag(&[], &mut scratch, &mut tags);
    model.tag(
        &[
            Token { text: "" },
            Token { text: "\u{202e}İ🙂" },
            Token {
                text: &"x".repeat(100_000),
            },
        ],
        &mut scratch,
        &mut tags,
    );
    assert_eq!(tags.len(), 4);
    assert_eq!(model.tag_named(model.name(tags[0])), Some(tags[0]));
}

#[test]
fn no_bytes_make_it_panic() {
    let good = trained();
    for end in 0..good.len() {
        assert!(Model::from_bytes(&good[..end]).is_err(), "cut at {end}");
    }
    let mut longer = good.clone();
    longer.push(0);
    assert_eq!(Model::from_bytes(&longer).err().map(|error| error.at), Some(good.len()));
    // A changed byte gives an error or a model that tags without a panic.
    for at in 0..good.len() {
        let mut changed = good.clone();
        changed[at] ^= 0xff;
        if let Ok(model) = Model::from_bytes(&changed) {
            tags_of(&model, "The army denied the claim .");
        }
    }
    let mut claims_much = good;
    claims_much.truncate(7);
    claims_much.extend_from_slice(&[1, 1, b'X', 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]);
    assert!(Model::from_bytes(&claims_much).is_err());
}

#[test]
fn penn_rows_become_the_projects_tags() {
    let rows = "# text = The all-girl team's gone.\n\
        1\tThe\tthe\t_\tDT\t_\t4\tdet\t_\t_\n2\tgirl\tgirl\t_\tNN\t_\t4\tcompound\t_\t_\n\
        3-4\tteam's\t_\t_\t_\t_\t_\t_\t_\t_\n3\tBaku\tBaku\t_\tNP\t_\t4\tcompound\t_\t_\n\
        4\tteam\tteam\t_\tNN\t_\t6\tnsubj\t_\t_\n5\t's\thave\t_\tVHZ\t_\t6\taux\t_\t_\n\
        6\tgone\tgo\t_\tVVN\t_\t0\troot\t_\t_\n7\t.\t.\t_\tSENT\t_\t6\tpunct\t_\t_\n\n";
    let sentences = from_conllu(rows, Scheme::Penn).unwrap();
    let tags: Vec<&str> = sentences[0].iter().map(|(_, tag)| tag.as_str()).collect();
    assert_eq!(tags, ["DT", "NN", "NNP", "NN", "VBZ", "VBN", "PUNCT"]);
    let error = from_conllu("1\tThe\n", Scheme::Penn).unwrap_err();
    assert!(error.to_string().starts_with("line 1:"));
}

#[test]
fn syllables_are_cut_as_the_tokeniser_cuts_them() {
    let row = |n: usize, form: &str, pos: &str| format!("{n}\t{form}\t_\t{pos}\t_\t_\t0\troot\t_\t_\n");
    let rows = [
        row(1, "TP . HCM", "NOUN"),
        row(2, "70 . 000", "NUM"),
        row(3, "3, 5", "NUM"),
        row(4, "95%", "NUM"),
        row(5, "17 - 3 – 2004", "NUM"),
        row(6, "al-Qaeda", "PROPN"),
        row(7, "...", "PUNCT"),
    ];
    let sentences = from_conllu(&rows.concat(), Scheme::Syllables).unwrap();
    let shown: Vec<String> = sentences[0].iter().map(|(form, tag)| format!("{form}/{tag}")).collect();
    assert_eq!(
        shown.join(" "),
        "TP/B-NOUN ./I-NOUN HCM/I-NOUN 70.000/B-NUM 3,5/B-NUM 95/B-NUM %/B-NOUN 17-3-2004/B-NUM al-Qaeda/B-PROPN .../PUNCT"
    );
}

#[test]
fn words_are_counted_by_where_they_begin_and_end() {
    let gold = ["B-N", "I-N", "B-V", "B-N", "I-N", "PUNCT"];
    let given = ["B-N", "I-N", "B-V", "B-N", "B-N", "PUNCT"];
    assert_eq!(segmentation(given.into_iter(), gold.into_iter()), (3, 5, 4));
    assert_eq!(segmentation(gold.into_iter(), gold.into_iter()), (4, 4, 4));
}
