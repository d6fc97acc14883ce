import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;

/**
 * What Apache PDFBox reads in files, as it comes and sorted by places: Box FILE.pdf...
 *
 * <p>Written beside each as FILE.pdfbox.txt and FILE.pdfboxsorted.txt. One process for all, since starting one takes longer
 * than reading a letter.
 */
final class Box {
	public static void main(String[] files) throws Exception {
		Logger.getLogger("").setLevel(Level.OFF);
		for (String file : files) {
			try (PDDocument document = Loader.loadPDF(new File(file))) {
				String beside = file.replaceFirst("\\.pdf$", "");
				read(document, false, Path.of(beside + ".pdfbox.txt"));
				read(document, true, Path.of(beside + ".pdfboxsorted.txt"));
			}
		}
	}

	private static void read(PDDocument document, boolean sorted, Path out) throws Exception {
		PDFTextStripper stripper = new PDFTextStripper();
		stripper.setSortByPosition(sorted);
		Files.write(out, stripper.getText(document).getBytes(StandardCharsets.UTF_8));
	}
}
