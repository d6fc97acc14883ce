import eu.europa.esig.dss.diagnostic.SignatureWrapper;
import eu.europa.esig.dss.enumerations.DigestAlgorithm;
import eu.europa.esig.dss.enumerations.SignatureAlgorithm;
import eu.europa.esig.dss.enumerations.SignatureLevel;
import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.model.SignatureValue;
import eu.europa.esig.dss.model.TimestampBinary;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.pades.PAdESSignatureParameters;
import eu.europa.esig.dss.pades.signature.PAdESService;
import eu.europa.esig.dss.pades.validation.PDFDocumentValidator;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.spi.DSSUtils;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.spi.x509.revocation.crl.ExternalResourcesCRLSource;
import eu.europa.esig.dss.spi.x509.tsp.TSPSource;
import eu.europa.esig.dss.validation.reports.Reports;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.FileReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.PrivateKey;
import java.security.Security;
import java.security.Signature;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;

/**
 * EU DSS, asked line by line: Dss PKI TSA
 *
 * <p>PKI's root.pem is believed, and its lists of revoked certificates are known;
 * TSA is asked for time stamps, and no other server for anything. A line is a command, its words
 * between tabs; the answer ends with an empty line, and lines of it that begin with # explain.
 *
 * <ul>
 *   <li>judge FILE: for each signature its level, the indication and subindication of EN 319 102-1,
 *       and what was done after it, between tabs. The policy is that of DSS, but that changes behind
 *       a signature, of which it warns, fail.
 *   <li>sign NAME LEVEL FILE OUT: by PKI's NAME.key
 *   <li>raise LEVEL FILE OUT
 * </ul>
 */
final class Dss {
	private static final String[] CHANGES = {"PdfAnnotationOverlap", "PdfVisualDifference", "DocMDP",
		"FieldMDP", "SigFieldLock", "UndefinedChanges"};

	private final String pki;
	private final byte[] policy = strictPolicy();
	private final CommonCertificateVerifier verifier = new CommonCertificateVerifier(true);
	private final PAdESService service = new PAdESService(verifier);

	private Dss(String pki, String tsa) throws IOException {
		this.pki = pki;
		CommonTrustedCertificateSource trusted = new CommonTrustedCertificateSource();
		trusted.addCertificate(certificate("root"));
		verifier.setTrustedCertSources(trusted);
		verifier.setCrlSource(new ExternalResourcesCRLSource(list("ca"), list("root")));
		service.setTspSource(stamper(URI.create(tsa)));
	}

	private CertificateToken certificate(String name) {
		return DSSUtils.loadCertificate(new File(pki, name + ".pem"));
	}

	private InputStream list(String name) throws IOException {
		return Files.newInputStream(new File(pki, name + ".crl").toPath());
	}

	private static byte[] strictPolicy() throws IOException {
		try (InputStream in = Dss.class.getResourceAsStream("/policy/constraint.xml")) {
			String policy = new String(in.readAllBytes(), StandardCharsets.UTF_8);
			for (String change : CHANGES) {
				String strict = policy.replace("<" + change + " Level=\"WARN\"",
					"<" + change + " Level=\"FAIL\"");
				if (strict.equals(policy)) throw new IOException("no constraint " + change);
				policy = strict;
			}
			return policy.getBytes(StandardCharsets.UTF_8);
		}
	}

	// -- judging

	/** The kinds of changes, each once. */
	private static String changes(SignatureWrapper signature) {
		TreeSet<String> kinds = new TreeSet<>();
		signature.getPdfExtensionChanges().forEach(c -> kinds.add("proofs"));
		signature.getPdfSignatureOrFormFillChanges().forEach(c -> kinds.add("fields"));
		signature.getPdfAnnotationChanges().forEach(c -> kinds.add("annotations"));
		signature.getPdfUndefinedChanges().forEach(c -> kinds.add("others"));
		return String.join(",", kinds);
	}

	private void judge(String file) {
		PDFDocumentValidator validator = new PDFDocumentValidator(new FileDocument(file));
		validator.setCertificateVerifier(verifier);
		Reports reports = validator.validateDocument(new ByteArrayInputStream(policy));
		SimpleReport simple = reports.getSimpleReport();
		for (String id : simple.getSignatureIdList()) {
			System.out.println(String.join("\t", simple.getSignatureFormat(id).toString(),
				simple.getIndication(id).toString(), String.valueOf(simple.getSubIndication(id)),
				changes(reports.getDiagnosticData().getSignatureById(id))));
			simple.getAdESValidationErrors(id).forEach(m -> System.out.println("# " + m.getValue()));
		}
	}

	// -- signing

	private static TSPSource stamper(URI tsa) {
		HttpClient client = HttpClient.newHttpClient();
		return (algorithm, digest) -> {
			try {
				TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
				generator.setCertReq(true);
				byte[] request = generator.generate(
					new ASN1ObjectIdentifier(algorithm.getOid()), digest).getEncoded();
				byte[] answer = client.send(HttpRequest.newBuilder(tsa)
						.header("Content-Type", "application/timestamp-query")
						.POST(HttpRequest.BodyPublishers.ofByteArray(request)).build(),
					HttpResponse.BodyHandlers.ofByteArray()).body();
				return new TimestampBinary(
					new TimeStampResponse(answer).getTimeStampToken().getEncoded());
			} catch (Exception broken) {
				throw new IllegalStateException(broken);
			}
		};
	}

	private PrivateKey key(String name) throws IOException {
		try (PEMParser parser = new PEMParser(new FileReader(new File(pki, name + ".key")))) {
			return new JcaPEMKeyConverter().getPrivateKey((PrivateKeyInfo) parser.readObject());
		}
	}

	private static PAdESSignatureParameters parameters(String level) {
		PAdESSignatureParameters parameters = new PAdESSignatureParameters();
		parameters.setSignatureLevel(SignatureLevel.valueByName("PAdES-BASELINE-" + level));
		return parameters;
	}

	private void sign(String name, String level, String file, String out) throws Exception {
		PrivateKey key = key(name);
		PAdESSignatureParameters parameters = parameters(level);
		parameters.setDigestAlgorithm(DigestAlgorithm.SHA256);
		parameters.setSigningCertificate(certificate(name));
		parameters.setCertificateChain(certificate(name), certificate("ca"));
		DSSDocument document = new FileDocument(file);
		SignatureAlgorithm algorithm = parameters.getSignatureAlgorithm();
		Signature signature = Signature.getInstance(algorithm.getJCEId());
		signature.initSign(key);
		signature.update(service.getDataToSign(document, parameters).getBytes());
		service.signDocument(document, parameters, new SignatureValue(algorithm, signature.sign()))
			.save(out);
	}

	private void answer(String[] words) throws Exception {
		switch (words[0]) {
		case "judge": judge(words[1]); break;
		case "sign": sign(words[1], words[2], words[3], words[4]); break;
		case "raise":
			service.extendDocument(new FileDocument(words[2]), parameters(words[1])).save(words[3]);
			break;
		default: throw new IllegalArgumentException(words[0]);
		}
	}

	public static void main(String[] arguments) throws Exception {
		Logger.getLogger("").setLevel(Level.OFF);
		Security.addProvider(new BouncyCastleProvider());
		Dss dss = new Dss(arguments[0], arguments[1]);
		BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
		for (String line; (line = in.readLine()) != null;) {
			try {
				dss.answer(line.split("\t"));
			} catch (Exception broken) {
				System.out.println("# " + broken);
			}
			System.out.println();
		}
	}
}
