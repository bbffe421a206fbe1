/** Both webhooks listen here: the page's forms need not know where they are. */
export const PAGE_PATH = 'gpp-dashboard';

/** n8n puts its own Content-Security-Policy on every answer and refuses another; the page brings its own. */
export function response(
	responseBody: string,
	type: string,
	responseCode: number | string = 200,
	more: Array<{ name: string; value: string }> = [],
): Record<string, unknown> {
	return {
		respondWith: 'text',
		responseBody,
		options: {
			responseCode,
			responseHeaders: {
				entries: [
					{ name: 'Content-Type', value: `${type}; charset=utf-8` },
					{ name: 'Cache-Control', value: 'no-store' },
					{ name: 'X-Content-Type-Options', value: 'nosniff' },
					{ name: 'X-Frame-Options', value: 'DENY' },
					{ name: 'Referrer-Policy', value: 'no-referrer' },
					...more,
				],
			},
		},
	};
}
