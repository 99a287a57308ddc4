"""Make ``tests/encoder/data``: a tiny network with random weights, exported, and what it gives.

    python tests/encoder/make_data.py

Needs the extra ``train``. The vectors come from PyTorch, so that the graph is compared with
the network where PyTorch isn't installed.
"""

from __future__ import annotations

import json
import string
import tempfile
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers
from transformers import BertConfig, BertModel

from training.encoder.export import export_encoder

DATA = Path(__file__).parent / "data"
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
WORDS = "the a of in on and said may rise fall price prices talk ##s ##ed ##ing minister harbour"
SENTENCES = ["The minister said prices may fall.", "Talks in the harbour ended.", "A rise 😂!"]
N_WINDOWS = 6


def main() -> None:
    """Write the two graphs, the tokenizer and the vectors."""
    DATA.mkdir(exist_ok=True)
    words = [*SPECIAL, *string.printable[:36], *(f"##{c}" for c in string.printable[:36])]
    words += [*string.punctuation, *WORDS.split(), "é", "한", "😂"]
    vocabulary = {word: number for number, word in enumerate(dict.fromkeys(words))}
    network = tiny_network(len(vocabulary))
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "tokenizer.json"
        source.write_text(json.dumps(json.loads(tokenizer(vocabulary).to_str())))
        export_encoder(network, Path(folder) / "whole", tokenizer=source, quantise=False)
        export_encoder(network, DATA, tokenizer=source, sentences=SENTENCES)
        graph = (Path(folder) / "whole" / "encoder.onnx").read_bytes()
    (DATA / "float32.onnx").write_bytes(graph)
    np.savez_compressed(DATA / "expected.npz", **expected(network, len(vocabulary)))


def tiny_network(n_words: int) -> BertModel:
    torch.manual_seed(7)
    config = BertConfig(
        vocab_size=n_words,
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=64,
        max_position_embeddings=256,
    )
    network = BertModel(config, add_pooling_layer=False).eval()
    for parameter in network.parameters():
        parameter.data += torch.randn_like(parameter) * 0.15
    return network


def tokenizer(vocabulary: dict[str, int]) -> Tokenizer:
    made = Tokenizer(models.WordPiece(vocabulary, unk_token=SPECIAL[1]))
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.add_special_tokens(list(SPECIAL))
    made.enable_truncation(8)
    made.enable_padding(length=8)
    return made


def expected(network: BertModel, n_words: int) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(7)
    found = {}
    for number in range(N_WINDOWS):
        ids = rng.integers(0, n_words, size=(1, int(rng.integers(3, 40))))
        with torch.no_grad():
            vectors = network(torch.tensor(ids)).last_hidden_state[0].numpy()
        found |= {f"ids{number}": ids[0], f"vectors{number}": vectors}
    return found


if __name__ == "__main__":
    main()
