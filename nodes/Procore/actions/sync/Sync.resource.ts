export { description } from './sync.operation';
