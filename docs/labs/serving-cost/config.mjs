// The numbers of a model from its Hub config.json, which a reader pastes. Nothing is fetched, and no value of it is shown as anything but a number. Pure.

const LONGEST = 200_000;
const { max, round } = Math;

/** The first of these keys that holds a number; `otherwise` if none does. Throws with the key if there is no other. */
function number(config, keys, otherwise) {
  const key = keys.find((name) => typeof config[name] === 'number' && Number.isFinite(config[name]));
  if (key === undefined && otherwise === undefined) throw new Error(`This config.json has no “${keys[0]}”. Paste all of it.`);
  const value = key === undefined ? otherwise : config[key];
  if (!Number.isInteger(value) || value < 0 || value > 1e9) throw new Error(`“${key ?? keys[0]}” is ${value}, which no model has.`);
  return value;
}

/** The dictionary of the text model in a pasted file. Throws what is wrong in words. */
function parsed(text) {
  if (text.length > LONGEST) throw new Error('This is too long for a config.json.');
  let config;
  try {
    config = JSON.parse(text);
  } catch {
    throw new Error('This is not JSON. Paste the whole file, from the first brace to the last.');
  }
  const inner = config?.text_config ?? config?.llm_config ?? config;
  if (!inner || typeof inner !== 'object' || Array.isArray(inner)) throw new Error('This is JSON, but not a config.json: it has to begin with a brace.');
  return inner;
}

/** Matrices of one attention layer, with what it caches: {parameters, kv_heads, head_size, vectors}. */
function attention(c, width) {
  const heads = number(c, ['num_attention_heads', 'n_head']);
  const latent = number(c, ['kv_lora_rank'], 0);
  const biased = c.attention_bias === true || c.model_type === 'qwen2' || c.model_type === 'qwen2_moe';
  if (latent) { // multi-head latent attention, as DeepSeek-V3's model.py builds it
    const [nope, rope, value, rank] = [number(c, ['qk_nope_head_dim']), number(c, ['qk_rope_head_dim']), number(c, ['v_head_dim']), number(c, ['q_lora_rank'], 0)];
    const query = rank ? width * rank + rank + rank * heads * (nope + rope) : width * heads * (nope + rope);
    return { parameters: query + width * (latent + rope) + latent + latent * heads * (nope + value) + heads * value * width, kv_heads: 1, head_size: latent + rope, vectors: 1 };
  }
  const head_size = number(c, ['head_dim'], width / heads);
  const kv_heads = number(c, ['num_key_value_heads'], heads);
  const projections = 2 * width * head_size * (heads + kv_heads);
  const bias = biased ? head_size * (heads + 2 * kv_heads) + (c.model_type === 'gpt_oss' ? width : 0) : 0;
  const norms = String(c.model_type ?? '').startsWith('qwen3') ? 2 * head_size : 0;
  const sinks = c.model_type === 'gpt_oss' ? heads : 0;
  return { parameters: projections + bias + norms + sinks, kv_heads, head_size, vectors: 2 };
}

/** Parameters of a layer's feed-forward part: {dense, all, active, experts, chosen}; `dense` is that of a layer without experts. */
function forward(c, width) {
  const experts = number(c, ['n_routed_experts', 'num_local_experts', 'num_experts'], 1);
  const hidden = number(c, ['intermediate_size', 'n_inner', 'ffn_hidden_size']);
  const dense = 3 * width * hidden;
  if (experts <= 1) return { dense, all: dense, active: dense, experts: 1, chosen: 1 };
  const chosen = number(c, ['num_experts_per_tok', 'experts_per_token', 'num_experts_per_token']);
  const small = number(c, ['moe_intermediate_size'], hidden);
  const bias = c.model_type === 'gpt_oss' ? 2 * small + width : 0;
  const one = 3 * width * small + bias;
  const shared = number(c, ['n_shared_experts'], 0) * 3 * width * small + (number(c, ['shared_expert_intermediate_size'], 0) * 3 * width);
  const router = width * experts + (c.model_type === 'gpt_oss' || c.topk_method === 'noaux_tc' ? experts : 0);
  return { dense, all: experts * one + shared + router, active: chosen * one + shared + router, experts, chosen };
}

/** Layers with experts, and layers that cache every token. */
function layersOf(c, layers, experts) {
  const first = number(c, ['first_k_dense_replace'], 0);
  const every = number(c, ['decoder_sparse_step', 'moe_layer_freq', 'interleave_moe_layer_step'], 1) || 1;
  const dense = Array.isArray(c.mlp_only_layers) ? c.mlp_only_layers.length : 0;
  const kinds = Array.isArray(c.layer_types) ? c.layer_types : [];
  const cached = kinds.length === layers ? kinds.filter((kind) => kind === 'full_attention').length : layers;
  return [experts > 1 ? max(0, round((layers - first) / every) - dense) : 0, cached || layers];
}

const bitsOf = ({ quantization_config: how }) => {
  const name = String(how?.quant_method ?? '');
  return /fp8/.test(name) ? 'eight' : /mxfp4|nvfp4/.test(name) || how?.bits === 4 ? 'four' : undefined;
};

/** The lab's inputs from the text of a config.json: {values} with numbers only, or {error} in words. */
export function modelOf(text) {
  try {
    const c = parsed(text);
    const [width, layers, vocabulary] = [number(c, ['hidden_size', 'n_embd', 'd_model']), number(c, ['num_hidden_layers', 'n_layer', 'n_layers']), number(c, ['vocab_size'])];
    const { parameters: looking, ...cache } = attention(c, width);
    const feed = forward(c, width);
    const [mixed, cached] = layersOf(c, layers, feed.experts);
    const table = vocabulary * width;
    const rest = layers * (looking + 2 * width) + width + (layers - mixed) * feed.dense;
    const tables = c.tie_word_embeddings === true ? table : 2 * table;
    const bits = bitsOf(c);
    const values = {
      parameters: tables + rest + mixed * feed.all, active: table + rest + mixed * feed.active, experts: feed.experts, chosen: feed.chosen,
      layers: cached, ...cache, window: number(c, ['max_position_embeddings', 'n_positions', 'max_seq_len'], 131_072), ...(bits && { bits }),
    };
    if (!(values.parameters >= 1e6)) throw new Error('The layers of this file make up fewer than a million parameters.');
    if (feed.experts === 1) values.active = values.parameters;
    return { values };
  } catch (error) {
    return { error: error.message };
  }
}
