declare module 'js-md4' {
	const md4: { arrayBuffer(message: Uint8Array): ArrayBuffer; hex(message: Uint8Array): string };
	export default md4;
}
