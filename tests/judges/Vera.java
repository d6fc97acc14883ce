import java.io.FileInputStream;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Judges files by one standard: Vera 2a|2b|3a|ua1|4|4f|ua2|wt1a|wt1r FILE...
 *
 * <p>A line for each file, preceded by one for each rule that it fails. One standard a run, since
 * veraPDF's state carries over: judging two gives a false failure of 7.21.7-1. Exit code 0: all
 * passed; 1: some failed.
 */
final class Vera {
	/** The rules that failed, each with its first place. */
	private static Map<String, String> failures(ValidationResult result) {
		Map<String, String> failed = new TreeMap<>();
		for (TestAssertion assertion : result.getTestAssertions()) {
			if (assertion.getStatus() != TestAssertion.Status.FAILED) continue;
			String rule = assertion.getRuleId().getClause() + "-"
				+ assertion.getRuleId().getTestNumber();
			failed.putIfAbsent(rule,
				assertion.getMessage() + ", at " + assertion.getLocation().getContext());
		}
		return failed;
	}

	private static boolean judge(PDFAFlavour flavour, String file) throws Exception {
		try (InputStream in = new FileInputStream(file);
				PDFAParser parser = Foundries.defaultInstance().createParser(in, flavour);
				PDFAValidator validator =
					Foundries.defaultInstance().createValidator(flavour, false)) {
			ValidationResult result = validator.validate(parser);
			Map<String, String> failed = failures(result);
			failed.forEach((rule, text) -> System.out.println("  " + rule + ": " + text));
			System.out.println(file + ": " + flavour.getId() + " "
				+ (result.isCompliant() ? "passed" : "FAILED") + ", "
				+ result.getValidationProfile().getRules().size() + " rules, "
				+ result.getTotalAssertions() + " checks, " + failed.size() + " rules failed");
			return result.isCompliant() && failed.isEmpty();
		}
	}

	public static void main(String[] arguments) throws Exception {
		Logger.getLogger("").setLevel(Level.OFF);
		VeraGreenfieldFoundryProvider.initialise();
		PDFAFlavour flavour = PDFAFlavour.byFlavourId(arguments[0]);
		boolean good = arguments.length > 1;
		for (int i = 1; i < arguments.length; i++) {
			try {
				good &= judge(flavour, arguments[i]);
			} catch (Exception broken) {
				System.out.println("  " + broken);
				System.out.println(arguments[i] + ": " + arguments[0] + " FAILED, not readable");
				good = false;
			}
		}
		System.exit(good ? 0 : 1);
	}
}
