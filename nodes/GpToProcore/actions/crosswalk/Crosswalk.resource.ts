import { resource } from '../../../shared/operations';
import * as suggest from './suggest.operation';

export const crosswalk = resource('crosswalk', 'suggest', [suggest]);
