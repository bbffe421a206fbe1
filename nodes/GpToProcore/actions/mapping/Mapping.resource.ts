import { resource } from '../../../shared/operations';
import * as define from './define.operation';
import * as previewDocuments from './previewDocuments.operation';

/** Its fields are those of the Map operations, in descriptions/mapping-settings. */
export const mapping = resource('mapping', 'define', [define, previewDocuments]);
