"""Make ``tests/encoder/data``: tiny networks with random weights, exported, and what they give.

    python tests/encoder/make_data.py

Needs the extra ``train``. The vectors come from PyTorch, so that the graphs are compared with
the networks where PyTorch isn't installed.
"""

from __future__ import annotations

import json
import string
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers
from transformers import BertConfig, BertModel, MPNetConfig, MPNetModel, PreTrainedModel

from training.encoder.export import export_encoder

DATA = Path(__file__).parent / "data"
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
MPNET_SPECIAL = ("<s>", "<pad>", "</s>", "[UNK]", "<mask>")
WORDS = "the a of in on and said may rise fall price prices talk ##s ##ed ##ing minister harbour"
SENTENCES = ["The minister said prices may fall.", "Talks in the harbour ended.", "A rise 😂!"]
N_WINDOWS = 6


def main() -> None:
    """Write the graphs, the tokenizers and the vectors, of a BERT and of an MPNet."""
    DATA.mkdir(exist_ok=True)
    words = [string.printable[:36], [f"##{c}" for c in string.printable[:36]], string.punctuation]
    rest = [*(word for part in words for word in part), *WORDS.split(), "é", "한", "😂"]
    write(tiny_network, SPECIAL, rest, DATA)
    # Its vocabulary has BERT's marks too, as plain words.
    write(tiny_mpnet, MPNET_SPECIAL, [*SPECIAL, *rest], DATA / "mpnet")


def write(
    make: Callable[[int], PreTrainedModel], special: Sequence[str], words: list[str], out: Path
) -> None:
    vocabulary = {word: number for number, word in enumerate(dict.fromkeys([*special, *words]))}
    network = make(len(vocabulary))
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "tokenizer.json"
        source.write_text(json.dumps(json.loads(tokenizer(vocabulary, special).to_str())))
        export_encoder(network, Path(folder) / "whole", tokenizer=source, quantise=False)
        export_encoder(network, out, tokenizer=source, sentences=SENTENCES)
        graph = (Path(folder) / "whole" / "encoder.onnx").read_bytes()
    (out / "float32.onnx").write_bytes(graph)
    np.savez_compressed(out / "expected.npz", **expected(network, len(vocabulary)))


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
    return roughened(BertModel(config, add_pooling_layer=False))


def tiny_mpnet(n_words: int) -> MPNetModel:
    torch.manual_seed(7)
    config = MPNetConfig(
        vocab_size=n_words,
        hidden_size=24,
        num_hidden_layers=2,
        num_attention_heads=3,
        intermediate_size=48,
        max_position_embeddings=200,
    )
    network = roughened(MPNetModel(config, add_pooling_layer=False))
    # Distances matter as much as words, so that a wrong one shows.
    network.encoder.relative_attention_bias.weight.data *= 8
    return network


def roughened(network: PreTrainedModel) -> PreTrainedModel:
    """Move every weight, the norms' too, away from where networks begin."""
    for parameter in network.parameters():
        parameter.data += torch.randn_like(parameter) * 0.15
    return network.eval()


def tokenizer(vocabulary: dict[str, int], special: Sequence[str]) -> Tokenizer:
    made = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))  # noqa: S106 - a word
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.add_special_tokens(list(special))
    made.enable_truncation(8)
    made.enable_padding(length=8)
    return made


def expected(network: PreTrainedModel, n_words: int) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(7)
    found = {}
    for number in range(N_WINDOWS):
        # Of MPNet's ids, 1 is padding, which has no place of its own.
        ids = rng.integers(2, n_words, size=(1, int(rng.integers(3, 150))))
        with torch.no_grad():
            vectors = network(torch.tensor(ids)).last_hidden_state[0].numpy()
        found |= {f"ids{number}": ids[0], f"vectors{number}": vectors}
    return found


if __name__ == "__main__":
    main()
