/**
 * Text as every database and every JSON reader takes it: a NUL, which PostgreSQL refuses with the
 * whole batch, is left out, and half a surrogate pair, which SQLite would replace on writing, so
 * that the row read back is another than the one whose hash was kept, is replaced here.
 */
export function storable(text: string): string {
	return text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\uFFFD');
}
