// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.report;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import com.eclipsesource.json.ParseException;
import com.eclipsesource.json.WriterConfig;
import dev.lanewise.jmh.contenders.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@link Results} as JSON. */
public final class ResultsFile {
  private ResultsFile() {}

  public static void write(Results results, Path file) throws IOException {
    JsonArray rows = new JsonArray();
    for (Row row : results.rows()) {
      JsonObject scores = new JsonObject();
      row.scores().forEach((name, score) -> scores.add(name, json(score)));
      rows.add(new JsonObject().add("task", row.task().toString()).add("scores", scores));
    }
    JsonArray jvmArguments = new JsonArray();
    results.jvmArguments().forEach(jvmArguments::add);
    JsonObject all =
        new JsonObject()
            .add("processor", System.getProperty("os.arch"))
            .add("java", Runtime.version().toString())
            .add("jvmArguments", jvmArguments)
            .add("threads", results.threads())
            .add("ceilingGflops", results.ceiling())
            .add("bandwidthGbytes", results.bandwidth())
            .add("rows", rows);
    Files.writeString(file, all.toString(WriterConfig.PRETTY_PRINT) + "\n");
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException if the file holds anything else
   */
  public static Results read(Path file) throws IOException {
    try {
      JsonObject all = Json.parse(Files.readString(file)).asObject();
      List<Row> rows = new ArrayList<>();
      for (JsonValue value : all.get("rows").asArray()) {
        JsonObject row = value.asObject();
        Map<String, Score> scores = new LinkedHashMap<>();
        for (JsonObject.Member score : row.get("scores").asObject()) {
          scores.put(score.getName(), score(score.getValue().asObject()));
        }
        rows.add(new Row(Task.parse(row.get("task").asString()), scores));
      }
      return new Results(
          all.get("threads").asInt(),
          all.get("jvmArguments").asArray().values().stream().map(JsonValue::asString).toList(),
          all.get("ceilingGflops").asDouble(),
          all.get("bandwidthGbytes").asDouble(),
          rows);
    } catch (ParseException | UnsupportedOperationException | NullPointerException e) {
      throw new IllegalArgumentException(file + ": not a result of scripts/bench", e);
    }
  }

  private static JsonObject json(Score score) {
    JsonArray shareByStart = new JsonArray();
    score.shareByStart().forEach(shareByStart::add);
    return new JsonObject()
        .add("share", score.share())
        .add("gflops", score.gflops())
        .add("shareByStart", shareByStart);
  }

  private static Score score(JsonObject json) {
    List<Double> shareByStart = new ArrayList<>();
    json.get("shareByStart").asArray().forEach(share -> shareByStart.add(share.asDouble()));
    return new Score(json.get("share").asDouble(), json.get("gflops").asDouble(), shareByStart);
  }
}
