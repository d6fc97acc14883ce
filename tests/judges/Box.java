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
 * What Apache PDFBox reads in files, as it comes: Box FILE.pdf...
 *
 * <p>Written beside each as FILE.pdfbox.txt. One process for all, since starting one takes longer
 * than reading a letter.
 */
final class Box {
	public static void main(String[] files) throws Exception {
		Logger.getLogger("").setLevel(Level.OFF);
		for (String file : files) {
			try (PDDocument document = Loader.loadPDF(new File(file))) {
				String text = new PDFTextStripper().getText(document);
				Path out = Path.of(file.replaceFirst("\\.pdf$", "") + ".pdfbox.txt");
				Files.write(out, text.getBytes(StandardCharsets.UTF_8));
			}
		}
	}
}
