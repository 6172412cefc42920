// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.reference;

/**
 * The magnitudes that bound the rounding error of Winograd's F(m×m, 3×3). Where the algorithm
 * computes Y = Aᵀ [Σ (G g Gᵀ) ⊙ (Bᵀ d B)] A from a tile d of the source and a filter g for every
 * source channel, they are
 *
 * <pre>|Aᵀ| [Σ (|G| |g| |Gᵀ|) ⊙ (|Bᵀ| |d| |B|)] |A| + |bias|</pre>
 *
 * <p>the sum of everything that may be rounded, without its sign: what {@link
 * NumbersPolicy#requireWithinWinogradBound} asks for. The tiles are m apart and start at the first
 * row and column of the target; outside the padded source there are zeros.
 *
 * <p>Source of the algorithm: Lavin and Gray, <i>Fast Algorithms for Convolutional Neural
 * Networks</i>, CVPR 2016; of such bounds: Barabasz, Anderson, Soodhalter and Gregg, <i>Error
 * Analysis and Improving the Accuracy of Winograd Convolution for Deep Neural Networks</i>, ACM
 * TOMS 46(4), 2020.
 *
 * @param outputs m, the side of a tile: 2, or 4 on the points 0, ±√½, ±√2 and ∞
 */
public record ReferenceWinograd(int outputs) {
  private static final int TAPS = 3;
  private static final double A = Math.sqrt(0.5);
  private static final double B = Math.sqrt(2);

  private static final double[][] INPUT_2 = {
    {1, 0, 1, 0}, {0, 1, 1, 0}, {0, 1, 1, 0}, {0, 1, 0, 1}
  };
  private static final double[][] WEIGHT_2 = {{1, 0, 0}, {.5, .5, .5}, {.5, .5, .5}, {0, 0, 1}};
  private static final double[][] OUTPUT_2 = {{1, 1, 1, 0}, {0, 1, 1, 1}};

  private static final double[][] INPUT_4 = {
    {1, 0, 2.5, 0, 1, 0},
    {0, 2 * A, 2, A, 1, 0},
    {0, 2 * A, 2, A, 1, 0},
    {0, B / 2, .5, B, 1, 0},
    {0, B / 2, .5, B, 1, 0},
    {0, 1, 0, 2.5, 0, 1}
  };
  private static final double[][] WEIGHT_4 = {
    {1, 0, 0},
    {2 / 3., 2 * A / 3, 1 / 3.},
    {2 / 3., 2 * A / 3, 1 / 3.},
    {1 / 6., B / 6, 1 / 3.},
    {1 / 6., B / 6, 1 / 3.},
    {0, 0, 1}
  };
  private static final double[][] OUTPUT_4 = {
    {1, 1, 1, 1, 1, 0},
    {0, A, A, B, B, 0},
    {0, .5, .5, 2, 2, 0},
    {0, A / 2, A / 2, 2 * B, 2 * B, 1}
  };

  /**
   * Checks the tile.
   *
   * @throws IllegalArgumentException if it is neither of the two
   */
  public ReferenceWinograd {
    if (outputs != 2 && outputs != 4) {
      throw new IllegalArgumentException("no tile of this side: " + outputs);
    }
  }

  /** Sources without sign, in their padding, and how they meet the targets. */
  private record Correlation(
      Shape padded, double[] sources, int groups, Shape targets, Filters filters) {
    int sourcesPerGroup() {
      return padded.size1() / groups;
    }

    int targetsPerGroup() {
      return targets.size1() / groups;
    }
  }

  /** The weight of a tap, without its sign, from one channel of a group to another. */
  @FunctionalInterface
  private interface Filters {
    double at(int group, int source, int target, int row, int column);
  }

  /**
   * The magnitudes of an output.
   *
   * @param convolution with a window of 3×3, stride and dilation 1
   * @param input x
   * @param weight w
   * @param bias b, or null for none
   * @return one for each element of y
   */
  public double[] forward(
      ReferenceConvolution convolution, double[] input, double[] weight, double[] bias) {
    double[] magnitudes =
        switch (convolution) {
          case ReferenceConv2d conv -> magnitudes(filtering(conv, input, weight));
          case ReferenceConvTranspose2d conv ->
              magnitudes(scattering(mirrored(conv), input, weight));
        };
    if (bias != null) {
      int plane = convolution.outHeight() * convolution.outWidth();
      for (int i = 0; i < magnitudes.length; i++) {
        magnitudes[i] += Math.abs(bias[i / plane % bias.length]);
      }
    }
    return magnitudes;
  }

  /**
   * The magnitudes of a gradient of the input.
   *
   * @param convolution with a window of 3×3, stride and dilation 1, and padding that repeats no
   *     element
   * @param gradOutput the gradient of y
   * @param weight w
   * @return one for each element of x
   */
  public double[] backwardInput(
      ReferenceConvolution convolution, double[] gradOutput, double[] weight) {
    return switch (convolution) {
      case ReferenceConv2d conv -> magnitudes(scattering(conv, gradOutput, weight));
      case ReferenceConvTranspose2d conv ->
          magnitudes(filtering(mirrored(conv), gradOutput, weight));
    };
  }

  /** The convolution whose passes are those of a transposed one, exchanged. */
  private static ReferenceConv2d mirrored(ReferenceConvTranspose2d conv) {
    return new ReferenceConv2d(
        conv.batch(),
        conv.outChannels(),
        conv.outHeight(),
        conv.outWidth(),
        conv.inChannels(),
        conv.window(),
        conv.groups());
  }

  private static Correlation filtering(ReferenceConv2d conv, double[] input, double[] weight) {
    ReferencePadding padding = conv.window().absolute().padding();
    Shape image = new Shape(conv.batch(), conv.inChannels(), conv.inHeight(), conv.inWidth());
    int sources = conv.inChannels() / conv.groups();
    int targets = conv.outChannels() / conv.groups();
    Shape weights = new Shape(conv.outChannels(), sources, TAPS, TAPS);
    return new Correlation(
        padding.padded(image),
        padding.pad(image, Shape.absolute(input)),
        conv.groups(),
        new Shape(conv.batch(), conv.outChannels(), conv.outHeight(), conv.outWidth()),
        (g, s, t, r, c) -> Math.abs(weight[weights.index(g * targets + t, s, r, c)]));
  }

  /** The gradient of the input is a correlation with each filter turned by 180 degrees. */
  private static Correlation scattering(
      ReferenceConv2d conv, double[] gradOutput, double[] weight) {
    Shape image = new Shape(conv.batch(), conv.inChannels(), conv.inHeight(), conv.inWidth());
    Shape grad = new Shape(conv.batch(), conv.outChannels(), conv.outHeight(), conv.outWidth());
    Shape padded =
        new Shape(conv.batch(), conv.outChannels(), conv.inHeight() + 2, conv.inWidth() + 2);
    double[] sources = padded.zeros();
    int up = TAPS - 1 - conv.window().padding().top();
    int left = TAPS - 1 - conv.window().padding().left();
    for (int n = 0; n < grad.size0(); n++) {
      for (int c = 0; c < grad.size1(); c++) {
        for (int h = Math.max(0, -up); h < Math.min(grad.size2(), padded.size2() - up); h++) {
          for (int w = Math.max(0, -left); w < Math.min(grad.size3(), padded.size3() - left); w++) {
            sources[padded.index(n, c, h + up, w + left)] =
                Math.abs(gradOutput[grad.index(n, c, h, w)]);
          }
        }
      }
    }
    int targets = conv.inChannels() / conv.groups();
    int filters = conv.outChannels() / conv.groups();
    Shape weights = new Shape(conv.outChannels(), targets, TAPS, TAPS);
    return new Correlation(
        padded,
        sources,
        conv.groups(),
        image,
        (g, s, t, r, c) ->
            Math.abs(weight[weights.index(g * filters + s, t, TAPS - 1 - r, TAPS - 1 - c)]));
  }

  private double[] magnitudes(Correlation c) {
    double[] magnitudes = c.targets().zeros();
    for (int g = 0; g < c.groups(); g++) {
      for (int t = 0; t < c.targetsPerGroup(); t++) {
        double[][][] filters = new double[c.sourcesPerGroup()][][];
        for (int s = 0; s < filters.length; s++) {
          filters[s] = transformedFilter(c, g, s, t);
        }
        for (int n = 0; n < c.targets().size0(); n++) {
          for (int h = 0; h < c.targets().size2(); h += outputs) {
            for (int w = 0; w < c.targets().size3(); w += outputs) {
              tile(c, n, g, t, h, w, filters, magnitudes);
            }
          }
        }
      }
    }
    return magnitudes;
  }

  private double[][] transformedFilter(Correlation c, int group, int source, int target) {
    double[][] filter = new double[TAPS][TAPS];
    for (int row = 0; row < TAPS; row++) {
      for (int column = 0; column < TAPS; column++) {
        filter[row][column] = c.filters().at(group, source, target, row, column);
      }
    }
    return bothSides(outputs == 2 ? WEIGHT_2 : WEIGHT_4, filter);
  }

  private void tile(
      Correlation c,
      int n,
      int group,
      int target,
      int h,
      int w,
      double[][][] filters,
      double[] magnitudes) {
    int inputs = outputs + TAPS - 1;
    double[][] products = new double[inputs][inputs];
    for (int s = 0; s < filters.length; s++) {
      double[][] source = new double[inputs][inputs];
      for (int i = 0; i < Math.min(inputs, c.padded().size2() - h); i++) {
        for (int j = 0; j < Math.min(inputs, c.padded().size3() - w); j++) {
          source[i][j] = c.sources()[c.padded().index(n, group * filters.length + s, h + i, w + j)];
        }
      }
      double[][] transformed = bothSides(outputs == 2 ? INPUT_2 : INPUT_4, source);
      for (int i = 0; i < inputs; i++) {
        for (int j = 0; j < inputs; j++) {
          products[i][j] += transformed[i][j] * filters[s][i][j];
        }
      }
    }
    double[][] results = bothSides(outputs == 2 ? OUTPUT_2 : OUTPUT_4, products);
    for (int i = 0; i < Math.min(outputs, c.targets().size2() - h); i++) {
      for (int j = 0; j < Math.min(outputs, c.targets().size3() - w); j++) {
        int channel = group * c.targetsPerGroup() + target;
        magnitudes[c.targets().index(n, channel, h + i, w + j)] = results[i][j];
      }
    }
  }

  /** M x Mᵀ. */
  private static double[][] bothSides(double[][] matrix, double[][] x) {
    return product(matrix, transposed(product(matrix, transposed(x))));
  }

  private static double[][] product(double[][] a, double[][] b) {
    double[][] c = new double[a.length][b[0].length];
    for (int i = 0; i < c.length; i++) {
      for (int j = 0; j < c[0].length; j++) {
        for (int k = 0; k < b.length; k++) {
          c[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return c;
  }

  private static double[][] transposed(double[][] a) {
    double[][] b = new double[a[0].length][a.length];
    for (int i = 0; i < b.length; i++) {
      for (int j = 0; j < a.length; j++) {
        b[i][j] = a[j][i];
      }
    }
    return b;
  }
}
