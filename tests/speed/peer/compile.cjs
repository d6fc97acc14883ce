// compile.cjs FOLDER STANDARD - FOLDER/letter.typ once for each object of FOLDER/rows.json, to FOLDER/out/ID.pdf, by one compiler in one process,
// which is how Typst is fastest. A letter's row is the file row.json that the letter reads.
const fs = require("node:fs")
const path = require("node:path")
const { NodeCompiler } = require("@myriaddreamin/typst-ts-node-compiler")

const [folder, pdfStandard] = [path.resolve(process.argv[2]), process.argv[3]]
const compiler = NodeCompiler.create({ workspace: folder, fontArgs: [{ fontPaths: [process.env.FONTS] }] })

for (const row of JSON.parse(fs.readFileSync(path.join(folder, "rows.json"), "utf8"))) {
	compiler.mapShadow(path.join(folder, "row.json"), Buffer.from(JSON.stringify(row)))
	const compiled = compiler.compile({ mainFilePath: path.join(folder, "letter.typ") })
	if (!compiled.result) {
		console.error(JSON.stringify(compiler.fetchDiagnostics(compiled.takeDiagnostics())))
		process.exit(1)
	}
	fs.writeFileSync(path.join(folder, "out", row.id + ".pdf"), compiler.pdf(compiled.result, { pdfStandard }))
	compiler.evictCache(1) // else its memory grows with each letter
}
