// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.report;

import dev.lanewise.jmh.contenders.Contenders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.style.CategoryStyler;

/** How many times faster Lanewise is than each peer, task by task. */
public final class RatioPicture {
  private static final int HEIGHT = 1000;
  private static final int PIXELS_PER_TASK = 17;
  private static final int MARGINS = 400;

  /** XChart accepts no less. */
  private static final int FEWEST_LABELS = 2;

  private RatioPicture() {}

  /** Writes a PNG; there must be a peer. */
  public static void write(Results results, Path file) throws IOException {
    List<Row> rows = Charts.rowsOfLanewise(results);
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(MARGINS + PIXELS_PER_TASK * rows.size())
            .height(HEIGHT)
            .title("Lanewise's speed divided by that of each peer")
            .yAxisTitle("times as fast, above 1 Lanewise is faster")
            .build();
    CategoryStyler styler = chart.getStyler();
    Charts.style(styler);
    styler.setDefaultSeriesRenderStyle(CategorySeries.CategorySeriesRenderStyle.Scatter);
    styler.setXAxisLabelRotation(90);
    styler.setXAxisMaxLabelCount(Math.max(FEWEST_LABELS, rows.size()));
    chart.addAnnotation(new AnnotationLine(1, false, false));
    List<String> tasks = rows.stream().map(row -> row.task().toString()).toList();
    for (String name : results.contenders()) {
      if (Contenders.isPeer(name)) {
        chart.addSeries(name, tasks, ratios(rows, name));
      }
    }
    BitmapEncoder.saveBitmap(chart, file.toString(), BitmapEncoder.BitmapFormat.PNG);
  }

  /** Null where the peer cannot solve the task: nothing is drawn there. */
  private static List<Double> ratios(List<Row> rows, String peer) {
    return rows.stream()
        .map(row -> row.ratio(Contenders.LANEWISE, peer))
        .map(ratio -> ratio.isNaN() ? null : ratio)
        .toList();
  }
}
