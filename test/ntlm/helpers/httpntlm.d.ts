declare module 'httpntlm' {
	interface Options {
		url?: string;
		username?: string;
		password?: string;
		domain?: string;
		workstation?: string;
		[option: string]: unknown;
	}
	const httpntlm: {
		get(
			options: Options,
			callback: (error: Error | null, response: { statusCode: number; body: string }) => void,
		): void;
		ntlm: {
			createType1Message(options: Options): string;
			parseType2Message(header: string, callback: (error: Error) => void): unknown;
			createType3Message(challenge: unknown, options: Options): string;
		};
	};
	export default httpntlm;
}
