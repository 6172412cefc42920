// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.report;

import dev.lanewise.jmh.contenders.Contenders;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** How many times faster Lanewise is than each other contender, task by task. */
public final class RatioPicture {
  private static final int HEIGHT = 1000;
  private static final int PIXELS_PER_TASK = 18;
  private static final int MARGINS = 260;

  private RatioPicture() {}

  /** Writes a PNG; nothing, if Lanewise had no other contender but the naive loops. */
  public static void write(Results results, Path file) throws IOException {
    List<Row> rows =
        results.rows().stream()
            .filter(row -> row.scores().containsKey(Contenders.LANEWISE))
            .toList();
    XYChart chart =
        new XYChartBuilder()
            .width(MARGINS + PIXELS_PER_TASK * rows.size())
            .height(HEIGHT)
            .title("Lanewise against other libraries: times as fast (above 1: Lanewise is faster)")
            .yAxisTitle("times as fast")
            .build();
    chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    chart.getStyler().setYAxisLogarithmic(true);
    chart.getStyler().setXAxisLabelRotation(90);
    chart.getStyler().setXAxisMin(0.0);
    chart.getStyler().setXAxisMax(rows.size() + 1.0);
    chart.getStyler().setXAxisTickMarkSpacingHint(PIXELS_PER_TASK);
    chart.getStyler().setXAxisMaxLabelCount(rows.size() + 2);
    chart.getStyler().setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
    chart.getStyler().setXAxisTickLabelsFormattingFunction(x -> label(rows, x));
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
    XYSeries even =
        chart.addSeries("as fast", new double[] {0, rows.size() + 1}, new double[] {1, 1});
    even.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Line);
    even.setMarker(SeriesMarkers.NONE);
    for (String name : results.contenders()) {
      if (Contenders.isPeer(name)) {
        add(chart, rows, name);
      }
    }
    BitmapEncoder.saveBitmap(chart, file.toString(), BitmapEncoder.BitmapFormat.PNG);
  }

  private static void add(XYChart chart, List<Row> rows, String peer) {
    double[] places = new double[rows.size()];
    double[] ratios = new double[rows.size()];
    int count = 0;
    for (int i = 0; i < rows.size(); i++) {
      double ratio = rows.get(i).ratio(Contenders.LANEWISE, peer);
      if (!Double.isNaN(ratio)) {
        places[count] = i + 1;
        ratios[count] = ratio;
        count++;
      }
    }
    chart.addSeries(peer, Arrays.copyOf(places, count), Arrays.copyOf(ratios, count));
  }

  private static String label(List<Row> rows, double x) {
    int i = (int) Math.round(x) - 1;
    return i >= 0 && i < rows.size() && x == Math.rint(x) ? rows.get(i).task().toString() : " ";
  }
}
