// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.report;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A PNG of how the loss fell: that of the batches learnt, in means over stretches of them, and that
 * of the test set after each epoch, over the epochs and on a logarithmic axis.
 */
public final class LossCurve {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 500;

  /** As many points as the eye can tell apart. */
  private static final int POINTS = 300;

  private static final double LEAST = 1e-12;

  private final XYChart chart;

  /** An empty chart of the loss called {@code loss}, such as "mean squared error". */
  public LossCurve(String title, String loss) {
    chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle("epoch")
            .yAxisTitle(loss)
            .build();
    chart.getStyler().setYAxisLogarithmic(true);
    chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideNE);
    chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Line);
  }

  /**
   * Adds the losses of the batches.
   *
   * @param losses one for each batch, at least one
   * @param batchesPerEpoch how many make an epoch
   */
  public void addTraining(float[] losses, int batchesPerEpoch) {
    int points = Math.min(POINTS, losses.length);
    double[] epochs = new double[points];
    double[] means = new double[points];
    for (int p = 0; p < points; p++) {
      int first = (int) ((long) p * losses.length / points);
      int end = (int) ((long) (p + 1) * losses.length / points);
      double sum = 0;
      for (int i = first; i < end; i++) {
        sum += losses[i];
      }
      epochs[p] = (first + end) / 2.0 / batchesPerEpoch;
      means[p] = sum / (end - first);
    }
    add("training", epochs, means);
  }

  /** Adds the test set's losses after the epochs 1, 2 and so on. */
  public void addTest(double[] losses) {
    double[] epochs = new double[losses.length];
    for (int i = 0; i < epochs.length; i++) {
      epochs[i] = i + 1;
    }
    add("test", epochs, losses).setMarker(SeriesMarkers.CIRCLE).setMarkerColor(Color.BLACK);
  }

  private XYSeries add(String name, double[] epochs, double[] losses) {
    // A logarithmic axis has no place for 0, nor for what a diverging run may bring.
    double[] drawable =
        Arrays.stream(losses)
            .map(loss -> Double.isFinite(loss) ? Math.max(loss, LEAST) : Double.NaN)
            .toArray();
    XYSeries series = chart.addSeries(name, epochs, drawable);
    series.setMarker(SeriesMarkers.NONE);
    return series;
  }

  /** Writes the chart as PNG, whole or not at all. */
  public void write(Path file) throws IOException {
    Png.write(BitmapEncoder.getBufferedImage(chart), file);
  }
}
