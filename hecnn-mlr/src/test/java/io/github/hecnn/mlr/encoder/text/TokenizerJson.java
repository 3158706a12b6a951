package io.github.hecnn.mlr.encoder.text;

import java.util.List;
import java.util.StringJoiner;

/** Writes a small {@code tokenizer.json}: WordPiece in lower case, with the marks of BERT around a text. */
final class TokenizerJson {
    private TokenizerJson() {}

    /** Pieces are numbered in their order; among them must be [UNK], [CLS] and [SEP]. */
    static String of(List<String> pieces) {
        StringJoiner vocabulary = new StringJoiner(",");
        for (int i = 0; i < pieces.size(); i++) {
            vocabulary.add("\"" + pieces.get(i) + "\":" + i);
        }
        String start = mark("[CLS]", pieces);
        String end = mark("[SEP]", pieces);
        return "{\"version\":\"1.0\",\"truncation\":null,\"padding\":null,\"added_tokens\":[],"
                + "\"normalizer\":{\"type\":\"BertNormalizer\",\"clean_text\":true,\"handle_chinese_chars\":true,"
                + "\"strip_accents\":null,\"lowercase\":true},\"pre_tokenizer\":{\"type\":\"BertPreTokenizer\"},"
                + "\"post_processor\":{\"type\":\"TemplateProcessing\",\"single\":[{\"SpecialToken\":{\"id\":\"[CLS]\",\"type_id\":0}},"
                + "{\"Sequence\":{\"id\":\"A\",\"type_id\":0}},{\"SpecialToken\":{\"id\":\"[SEP]\",\"type_id\":0}}],"
                + "\"pair\":[{\"Sequence\":{\"id\":\"A\",\"type_id\":0}},{\"Sequence\":{\"id\":\"B\",\"type_id\":1}}],"
                + "\"special_tokens\":{" + start + "," + end + "}},"
                + "\"decoder\":{\"type\":\"WordPiece\",\"prefix\":\"##\",\"cleanup\":true},"
                + "\"model\":{\"type\":\"WordPiece\",\"unk_token\":\"[UNK]\",\"continuing_subword_prefix\":\"##\","
                + "\"max_input_chars_per_word\":100,\"vocab\":{" + vocabulary + "}}}";
    }

    private static String mark(String name, List<String> pieces) {
        return "\"" + name + "\":{\"id\":\"" + name + "\",\"ids\":[" + pieces.indexOf(name) + "],\"tokens\":[\"" + name
                + "\"]}";
    }
}
