//! Time stamps of the log's signed heads by an authority (RFC 3161): somebody else's word for when a head was there at the latest.
//!
//! A stamp is no part of the ledger. It is kept as the authority sent it, so that any other program can check it, and what it says
//! is held against the heads that the ledger has.

use crate::{Error, Store};
use cms::cert::CertificateChoices;
use cms::signed_data::{SignedData, SignerInfo};
use der::asn1::OctetString;
use der::oid::ObjectIdentifier;
use der::oid::db::rfc5911::{ID_MESSAGE_DIGEST, ID_SIGNED_DATA};
use der::oid::db::rfc5912::{
    ECDSA_WITH_SHA_256, ECDSA_WITH_SHA_384, ID_SHA_256, ID_SHA_384, ID_SHA_512, RSA_ENCRYPTION,
    SHA_256_WITH_RSA_ENCRYPTION, SHA_384_WITH_RSA_ENCRYPTION, SHA_512_WITH_RSA_ENCRYPTION,
};
use der::{Any, Decode, Encode};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, SignatureVerificationAlgorithm, UnixTime};
use sha2::{Digest, Sha256, Sha384, Sha512};
use std::time::Duration;
use webpki::ring as algorithms;
use webpki::{EndEntityCert, KeyUsage, anchor_from_trusted_cert};
use x509_tsp::{MessageImprint, TimeStampReq, TimeStampResp, TspVersion, TstInfo};

/// A time stamp that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// The leaves of the head that it is of.
    pub size: u64,
    /// When the authority saw the head, by its own clock: RFC 3339.
    pub at: String,
    /// The name in the certificate that signed.
    pub by: String,
}

/// What is wrong with a stamp, in words.
type Wrong = String;

/// That what is signed is a time stamp (id-ct-TSTInfo).
const STAMP: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");

/// That a certificate is for time stamps (id-kp-timeStamping, 1.3.6.1.5.5.7.3.8).
const FOR_STAMPS: &[u8] = &[0x2B, 6, 1, 5, 5, 7, 3, 8];

/// Signatures that certificates of authorities may have.
static ALL: &[&dyn SignatureVerificationAlgorithm] = &[
    algorithms::RSA_PKCS1_2048_8192_SHA256,
    algorithms::RSA_PKCS1_2048_8192_SHA384,
    algorithms::RSA_PKCS1_2048_8192_SHA512,
    algorithms::ECDSA_P256_SHA256,
    algorithms::ECDSA_P256_SHA384,
    algorithms::ECDSA_P384_SHA256,
    algorithms::ECDSA_P384_SHA384,
];

impl Store {
    /// What an authority is asked for: a stamp of the last signed head (TimeStampReq, DER). It holds a digest and nothing else. There is
    /// no number used once in it: a head is never signed twice.
    ///
    /// # Errors
    /// When the log is empty.
    pub fn stamp_request(&self) -> Result<Vec<u8>, Error> {
        let note = self
            .checkpoint()?
            .ok_or_else(|| Error::Ask("the ledger is empty: there is nothing to stamp".into()))?;
        request(note.as_bytes()).map_err(|error| Error::Ask(error.to_string()))
    }

    /// Holds an authority's answer (TimeStampResp, DER) against the heads of the log: what it says, or what is wrong with it. With
    /// `authorities`, certificates in PEM, the signature must lead to one of them; without, it only must hold.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn stamp(&self, answer: &[u8], authorities: Option<&[u8]>) -> Result<Result<Stamp, String>, Error> {
        let (told, signed) = match read(answer) {
            Ok(read) => read,
            Err(wrong) => return Ok(Err(wrong)),
        };
        let imprint = told.message_imprint.hashed_message.as_bytes();
        let mut heads = self
            .db
            .prepare("SELECT size, note FROM checkpoint ORDER BY size DESC")?;
        let mut heads = heads.query([])?;
        while let Some(row) = heads.next()? {
            let (size, note): (i64, String) = (row.get(0)?, row.get(1)?);
            if Sha256::digest(note.as_bytes())[..] == *imprint {
                let by = trusted(&signed, &told, authorities);
                return Ok(by.map(|by| Stamp {
                    size: size.unsigned_abs(),
                    at: told.gen_time.to_date_time().to_string(),
                    by,
                }));
            }
        }
        Ok(Err("it is of no signed head of this ledger".into()))
    }
}

fn request(note: &[u8]) -> der::Result<Vec<u8>> {
    TimeStampReq {
        version: TspVersion::V1,
        message_imprint: MessageImprint {
            hash_algorithm: cms::cert::x509::spki::AlgorithmIdentifier {
                oid: ID_SHA_256,
                parameters: Some(Any::null()),
            },
            hashed_message: OctetString::new(&Sha256::digest(note)[..])?,
        },
        req_policy: None,
        nonce: None,
        cert_req: true,
        extensions: None,
    }
    .to_der()
}

/// What an answer says, and what it is signed with.
fn read(answer: &[u8]) -> Result<(TstInfo, SignedData), Wrong> {
    let form = |error: der::Error| format!("it is no answer of a time-stamping authority: {error}");
    let answer = TimeStampResp::from_der(answer).map_err(form)?;
    let Some(token) = answer.time_stamp_token else {
        return Err(format!("the authority gave no stamp: {:?}", answer.status.status));
    };
    if token.content_type != ID_SIGNED_DATA {
        return Err("it is not signed".into());
    }
    let signed = SignedData::from_der(&token.content.to_der().map_err(form)?).map_err(form)?;
    if signed.encap_content_info.econtent_type != STAMP {
        return Err("what is signed is no time stamp".into());
    }
    let told = TstInfo::from_der(content(&signed)).map_err(form)?;
    if told.message_imprint.hash_algorithm.oid != ID_SHA_256 {
        return Err("it is not of a SHA-256 digest".into());
    }
    Ok((told, signed))
}

/// The bytes that are signed.
fn content(signed: &SignedData) -> &[u8] {
    signed.encap_content_info.econtent.as_ref().map_or(&[], Any::value)
}

/// The name of who signed, if the signature holds and leads to an authority that is trusted, as far as any are given.
fn trusted(signed: &SignedData, told: &TstInfo, authorities: Option<&[u8]>) -> Result<String, Wrong> {
    let [signer] = signed.signer_infos.0.as_slice() else {
        return Err("it has not one signature".into());
    };
    let message = attributes(signer, content(signed))?;
    let given: Vec<CertificateDer<'_>> = CertificateDer::pem_slice_iter(authorities.unwrap_or_default())
        .collect::<Result<_, _>>()
        .map_err(|error| format!("the certificates of authorities cannot be read: {error}"))?;
    let (mut within, mut names) = (Vec::new(), Vec::new());
    for one in signed.certificates.iter().flat_map(|all| all.0.iter()) {
        if let CertificateChoices::Certificate(one) = one {
            let bytes = one.to_der().map_err(|error| error.to_string())?;
            within.push(CertificateDer::from(bytes));
            names.push(one.tbs_certificate.subject.to_string());
        }
    }
    let holds = |one: &&CertificateDer<'_>| {
        let signature = signer.signature.as_bytes();
        EndEntityCert::try_from(*one).is_ok_and(|one| {
            let mut kinds = kinds(signer).into_iter();
            kinds.any(|kind| one.verify_signature(kind, &message, signature).is_ok())
        })
    };
    let Some(at) = within.iter().position(|one| holds(&one)) else {
        return Err("its signature does not hold".into());
    };
    if authorities.is_some() {
        leads_to(&within[at], &within, &given, told)?;
    }
    Ok(names.swap_remove(at))
}

/// What the signature is over, if it names what is signed.
fn attributes(signer: &SignerInfo, content: &[u8]) -> Result<Vec<u8>, Wrong> {
    let digest = match signer.digest_alg.oid {
        ID_SHA_256 => Sha256::digest(content).to_vec(),
        ID_SHA_384 => Sha384::digest(content).to_vec(),
        ID_SHA_512 => Sha512::digest(content).to_vec(),
        other => return Err(format!("it is signed by a digest that is not known here ({other})")),
    };
    let Some(attributes) = &signer.signed_attrs else {
        return Err("its signature names no digest".into());
    };
    let mut named = attributes.iter().filter(|one| one.oid == ID_MESSAGE_DIGEST);
    let is = |value: &Any| value.value() == digest;
    if !named
        .next()
        .is_some_and(|one| one.values.len() == 1 && one.values.iter().all(is))
        || named.next().is_some()
    {
        return Err("what is signed is not what it says".into());
    }
    attributes.to_der().map_err(|error| error.to_string())
}

/// The kinds of signature that one may be of.
fn kinds(signer: &SignerInfo) -> Vec<&'static dyn SignatureVerificationAlgorithm> {
    let digest = match signer.signature_algorithm.oid {
        SHA_256_WITH_RSA_ENCRYPTION => ID_SHA_256,
        SHA_384_WITH_RSA_ENCRYPTION => ID_SHA_384,
        SHA_512_WITH_RSA_ENCRYPTION => ID_SHA_512,
        ECDSA_WITH_SHA_256 => return vec![algorithms::ECDSA_P256_SHA256, algorithms::ECDSA_P384_SHA256],
        ECDSA_WITH_SHA_384 => return vec![algorithms::ECDSA_P256_SHA384, algorithms::ECDSA_P384_SHA384],
        RSA_ENCRYPTION => signer.digest_alg.oid,
        _ => return Vec::new(),
    };
    match digest {
        ID_SHA_256 => vec![algorithms::RSA_PKCS1_2048_8192_SHA256],
        ID_SHA_384 => vec![algorithms::RSA_PKCS1_2048_8192_SHA384],
        ID_SHA_512 => vec![algorithms::RSA_PKCS1_2048_8192_SHA512],
        _ => Vec::new(),
    }
}

/// Whether a certificate is one for time stamps that leads to one of those given, at the time of the stamp: later it may have run out.
fn leads_to(
    signer: &CertificateDer<'_>,
    within: &[CertificateDer<'_>],
    given: &[CertificateDer<'_>],
    told: &TstInfo,
) -> Result<(), Wrong> {
    let no = |error: webpki::Error| format!("it is by none of the authorities that are given: {error}");
    let anchors: Vec<_> = given
        .iter()
        .filter_map(|one| anchor_from_trusted_cert(one).ok())
        .collect();
    let at = UnixTime::since_unix_epoch(Duration::from_secs(told.gen_time.to_unix_duration().as_secs()));
    let signer = EndEntityCert::try_from(signer).map_err(no)?;
    let usage = KeyUsage::required(FOR_STAMPS);
    signer
        .verify_for_usage(ALL, &anchors, within, at, usage, None, None)
        .map(|_| ())
        .map_err(no)
}
