import { frame } from '../../assets/js/lab/frame.mjs';
import * as model from './model.mjs';
export const mount = (element) => frame(element, model, import.meta.url);
