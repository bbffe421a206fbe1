import { resource } from '../../../shared/operations';
import * as compare from './compare.operation';

export const reconciliation = resource('reconciliation', 'compare', [compare]);
