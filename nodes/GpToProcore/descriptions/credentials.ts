import type { INodeCredentialDescription } from 'n8n-workflow';

/** n8n looks at the first entry of a name only, so there is one for all that want it. */
export const CREDENTIALS: INodeCredentialDescription[] = [
	{
		name: 'dynamicsGpApi',
		required: false,
		testedBy: 'dynamicsGpApiTest',
		displayOptions: {
			show: {
				resource: ['crosswalk', 'mapping', 'reconciliation'],
				operation: ['compare', 'previewDocuments', 'suggest'],
			},
		},
	},
	{
		// The mapping needs it only to fill its lists.
		name: 'procoreOAuth2Api',
		required: false,
		displayOptions: {
			show: {
				resource: ['crosswalk', 'mapping', 'reconciliation'],
				operation: ['compare', 'define', 'previewDocuments', 'suggest'],
			},
		},
	},
];

/** The same of version 1, where a run could be opened too. */
export const CREDENTIALS_V1: INodeCredentialDescription[] = CREDENTIALS.map((credential) =>
	credential.name === 'dynamicsGpApi'
		? {
				...credential,
				displayOptions: {
					show: {
						resource: ['crosswalk', 'mapping', 'reconciliation', 'run'],
						operation: ['compare', 'open', 'previewDocuments', 'suggest'],
					},
				},
			}
		: {
				...credential,
				displayOptions: {
					show: {
						...credential.displayOptions?.show,
						operation: ['choices', 'compare', 'define', 'suggest'],
					},
				},
			},
);
