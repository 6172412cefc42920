// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.unfold;

import dev.lanewise.conv.Conv2d;
import dev.lanewise.conv.Conv2dGeometry;
import dev.lanewise.conv.ConvTranspose2d;
import dev.lanewise.conv.ConvTranspose2dGeometry;
import dev.lanewise.conv.Fold;
import dev.lanewise.conv.GradientMode;
import dev.lanewise.conv.Unfold;
import dev.lanewise.conv.UnfoldGeometry;
import dev.lanewise.nn.Initializers;
import dev.lanewise.nn.Tensor;
import java.io.PrintStream;
import java.util.random.RandomGenerator;

/**
 * The text of the walk-through. Every number in it is computed while it is printed, by Unfold, Fold
 * and Gemm, and the ends are compared with what Conv2d and ConvTranspose2d make of the same
 * operands.
 */
final class WalkThrough {
  private static final String INTEGER = "%.0f";
  private static final int DIGIT_KERNEL = 3;
  private static final int DIGIT_PADDING = 1;

  private final PrintStream out;

  WalkThrough(PrintStream out) {
    this.out = out;
  }

  /** Sections 1 to 4, on numbers that can be followed by hand. */
  void tellSmallExample() {
    Matrix x = new Matrix(3, 3, new float[] {0, 1, 2, 3, 4, 5, 6, 7, 8});
    Matrix w = new Matrix(2, 2, new float[] {0, 1, 2, 3});
    UnfoldGeometry windows = UnfoldGeometry.image(1, x.rows(), x.columns()).kernel(2, 2);
    Matrix col = tellForward(x, w, windows);
    Matrix gradOutput = new Matrix(2, 2, new float[] {1, 2, 3, 4});
    tellWeightGradient(x, col, gradOutput);
    tellInputGradient(w, gradOutput, windows);
    tellTransposed(w, windows);
  }

  private Matrix tellForward(Matrix x, Matrix w, UnfoldGeometry windows) {
    heading("1. A convolution is a matrix product");
    out.print(
        """
        An image X of one channel and a kernel W; stride 1, no padding:

        """);
    out.print(x.print("X", INTEGER));
    out.println();
    out.print(w.print("W", INTEGER));
    Matrix col = unfold(x, windows);
    out.printf(
        """

        Unfold, or im2col, copies every window of X into a column: the four values under the kernel,
        row by row, for each of the %d places where the kernel fits.

        """,
        col.columns());
    out.print(col.print("col", INTEGER));
    Matrix row = w.reshaped(1, col.rows());
    Matrix output = row.times(col);
    out.printf(
        """

        Lay W out as a row, %s. The row times col, %s, is the output, %s: one sum of
        products for each window.

        """,
        row.shape(), col.shape(), output.shape());
    out.print(output.print("W · col", INTEGER));
    int window = 2;
    out.printf(
        """

        The third column, for example, is the window in the lower left:
          %s

        Folded up again, row by row, that is the feature map:

        """,
        sumOfProducts(row, col, window, output.at(0, window)));
    Matrix map = output.reshaped(windows.outHeight(), windows.outWidth());
    out.print(map.print("Y", INTEGER));
    out.println();
    verdict("Conv2d.forward", map.values(), forward(x, w, 0));
    return col;
  }

  private void tellWeightGradient(Matrix x, Matrix col, Matrix gradOutput) {
    heading("2. The weight's gradient: gradOutput · colᵀ");
    out.print(
        """
        The layers behind have sent back the loss's gradient with respect to Y, of Y's shape:

        """);
    out.print(gradOutput.print("gradOutput", INTEGER));
    Matrix row = gradOutput.reshaped(1, col.columns());
    Matrix gradRow = row.timesTransposed(col);
    out.printf(
        """

        Y = W · col, so each weight meets every value of its row of col, and its gradient is the sum of
        those values, each times the gradient of the output it went into: gradOutput · colᵀ.

          (%s) · (%s)ᵀ = %s, the shape of W as a row

        """,
        row.shape(), col.shape(), gradRow.shape());
    out.print(gradRow.print("gradOutput · colᵀ", INTEGER));
    out.println();
    verdict("Conv2d.backwardWeight", gradRow.values(), backwardWeight(x, gradOutput, 2, 0));
  }

  private void tellInputGradient(Matrix w, Matrix gradOutput, UnfoldGeometry windows) {
    heading("3. The input's gradient: fold(Wᵀ · gradOutput)");
    Matrix row = w.reshaped(1, w.values().length);
    Matrix gradRow = gradOutput.reshaped(1, gradOutput.values().length);
    Matrix gradCol = row.transposedTimes(gradRow);
    out.printf(
        """
        The gradient of col is Wᵀ · gradOutput, (%s)ᵀ · (%s) = %s:

        """,
        row.shape(), gradRow.shape(), gradCol.shape());
    out.print(gradCol.print("gradCol", INTEGER));
    Matrix gradInput = fold(gradCol, windows);
    out.print(
        """

        Unfold had copied the inner pixels of X into several columns, so each pixel's gradient is the
        sum over its copies. Fold, or col2im, adds them up:

        """);
    out.print(gradInput.print("gradX", INTEGER));
    out.println();
    Conv2d conv = conv(windows.height(), windows.width(), w.rows(), 0);
    float[] direct = new float[gradInput.values().length];
    conv.backwardInput(gradOutput.values(), w.values(), direct, new float[conv.workspaceFloats()]);
    verdict("Conv2d.backwardInput", gradInput.values(), direct);
  }

  private void tellTransposed(Matrix w, UnfoldGeometry windows) {
    heading("4. A transposed convolution is section 3 run forward");
    Matrix x = new Matrix(2, 2, new float[] {0, 1, 2, 3});
    out.print(
        """
        Each value of the input stamps the whole kernel, times itself, onto the output:

        """);
    out.print(x.print("X", INTEGER));
    out.println();
    out.print(w.print("W", INTEGER));
    Matrix stamps = w.reshaped(1, w.values().length).transposedTimes(x.reshaped(1, 4));
    out.printf(
        """

        The stamps are the columns of Wᵀ · X, (1 x 4)ᵀ · (1 x 4) = %s. The third is 2 times the kernel: %s.

        """,
        stamps.shape(), column(stamps, 2));
    out.print(stamps.print("Wᵀ · X", INTEGER));
    Matrix y = fold(stamps, windows);
    out.print(
        """

        Fold lays them down one pixel apart and adds what overlaps:

        """);
    out.print(y.print("Y", INTEGER));
    // All four stamps meet there: the last value of the first, the third of the second, and so on.
    out.printf(
        """

        All four stamps cover the centre: %.0f + %.0f + %.0f + %.0f = %.0f.

        """,
        stamps.at(3, 0), stamps.at(2, 1), stamps.at(1, 2), stamps.at(0, 3), y.at(1, 1));
    ConvTranspose2d conv =
        ConvTranspose2d.of(ConvTranspose2dGeometry.input(1, 1, 2, 2).kernel(1, 2, 2)).build();
    float[] direct = new float[y.values().length];
    conv.forward(x.values(), w.values(), null, direct, new float[conv.workspaceFloats()]);
    verdict("ConvTranspose2d.forward", y.values(), direct);
  }

  /**
   * Section 5, the shapes of a digit of MNIST under a 3×3 kernel with padding 1.
   *
   * @param digit H×W
   * @param random where a weight and a gradient of the output are drawn from
   */
  void tellDigit(Matrix digit, RandomGenerator random) {
    heading("5. The same with a digit of MNIST: which shapes, and which mistakes");
    UnfoldGeometry windows =
        UnfoldGeometry.image(1, digit.rows(), digit.columns())
            .kernel(DIGIT_KERNEL, DIGIT_KERNEL)
            .padding(DIGIT_PADDING);
    Matrix w = uniform(1, DIGIT_KERNEL * DIGIT_KERNEL, random);
    Matrix col = unfold(digit, windows);
    Matrix output = w.times(col);
    Matrix gradOutput = uniform(1, col.columns(), random);
    Matrix gradW = gradOutput.timesTransposed(col);
    Matrix gradCol = w.transposedTimes(gradOutput);
    Matrix gradInput = fold(gradCol, windows);
    out.printf(
        """
        One channel of %1$s, a kernel of 3 x 3, padding 1, one output channel:

          col         = unfold(X)            %2$-8s  one column for each output pixel
          Y           = W · col              (%3$s) · (%2$s) = %4$s, folded up: %1$s
          gradOutput                         %5$-8s  as Y
          gradW       = gradOutput · colᵀ    (%5$s) · (%2$s)ᵀ = %6$s, as W
          gradCol     = Wᵀ · gradOutput      (%3$s)ᵀ · (%5$s) = %7$s, as col
          gradX       = fold(gradCol)        %8$s, as X

        Two mistakes are common. The gradient's factor is gradOutput, not the output Y: both have the
        same shape, so nothing complains. And with an axis N for the batch in front, N x %2$s, only
        the last two axes are exchanged: reversing all three (what .T does in PyTorch) gives
        %9$d x %10$d x N, and the product no longer has the shape of W. Over a batch, the products add up.

        For this digit, a random W and a random gradOutput:

        """,
        digit.shape(),
        col.shape(),
        w.shape(),
        output.shape(),
        gradOutput.shape(),
        gradW.shape(),
        gradCol.shape(),
        gradInput.shape(),
        col.columns(),
        col.rows());
    out.print(w.reshaped(DIGIT_KERNEL, DIGIT_KERNEL).print("W", "%.3f"));
    out.println();
    out.print(gradW.reshaped(DIGIT_KERNEL, DIGIT_KERNEL).print("gradW", "%.3f"));
    out.printf(
        """

        To check a gradient, change one weight at a time and watch the loss. Here the loss is
        Σ gradOutput · Y, whose gradient with respect to Y is gradOutput; it is linear in W, so
        (loss(W + 1) − loss(W)) / 1 is the gradient itself, up to rounding:

        """);
    Matrix differences = differences(w, col, gradOutput);
    out.print(differences.reshaped(DIGIT_KERNEL, DIGIT_KERNEL).print("difference", "%.3f"));
    out.println();
    verdict(
        "Conv2d.backwardWeight",
        gradW.values(),
        backwardWeight(
            digit, gradOutput.reshaped(windows.outHeight(), windows.outWidth()), DIGIT_KERNEL, 1));
  }

  /** The loss's change when one weight after the other grows by 1. */
  private static Matrix differences(Matrix w, Matrix col, Matrix gradOutput) {
    double before = loss(w, col, gradOutput);
    Matrix differences = Matrix.zeros(1, w.columns());
    for (int i = 0; i < w.columns(); i++) {
      Matrix changed = new Matrix(1, w.columns(), w.values().clone());
      changed.values()[i] += 1;
      differences.values()[i] = (float) (loss(changed, col, gradOutput) - before);
    }
    return differences;
  }

  private static double loss(Matrix w, Matrix col, Matrix gradOutput) {
    float[] output = w.times(col).values();
    double sum = 0;
    for (int i = 0; i < output.length; i++) {
      sum += (double) gradOutput.values()[i] * output[i];
    }
    return sum;
  }

  private static Matrix unfold(Matrix image, UnfoldGeometry windows) {
    int positions = windows.outHeight() * windows.outWidth();
    Matrix col = Matrix.zeros((int) windows.columnElements() / positions, positions);
    Unfold.of(windows).forward(image.values(), col.values());
    return col;
  }

  private static Matrix fold(Matrix col, UnfoldGeometry windows) {
    Matrix image = Matrix.zeros(windows.height(), windows.width());
    Fold.of(windows).forward(col.values(), image.values());
    return image;
  }

  private static Conv2d conv(int height, int width, int kernel, int padding) {
    return Conv2d.of(
            Conv2dGeometry.input(1, 1, height, width).kernel(1, kernel, kernel).padding(padding))
        .build();
  }

  private static float[] forward(Matrix x, Matrix w, int padding) {
    Conv2d conv = conv(x.rows(), x.columns(), w.rows(), padding);
    float[] output = new float[(int) conv.geometry().outputElements()];
    conv.forward(x.values(), w.values(), null, output, new float[conv.workspaceFloats()]);
    return output;
  }

  private static float[] backwardWeight(Matrix x, Matrix gradOutput, int kernel, int padding) {
    Conv2d conv = conv(x.rows(), x.columns(), kernel, padding);
    float[] gradWeight = new float[kernel * kernel];
    conv.backwardWeight(
        x.values(),
        gradOutput.values(),
        gradWeight,
        GradientMode.OVERWRITE,
        new float[conv.workspaceFloats()]);
    return gradWeight;
  }

  private static Matrix uniform(int rows, int columns, RandomGenerator random) {
    Tensor values = Tensor.zeros(rows, columns);
    Initializers.uniform(values, -1, 1, random);
    return new Matrix(rows, columns, values.data());
  }

  private static String sumOfProducts(Matrix row, Matrix col, int column, float sum) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < row.columns(); i++) {
      text.append(i == 0 ? "" : " + ")
          .append("%.0f·%.0f".formatted(row.at(0, i), col.at(i, column)));
    }
    return text.append(" = %.0f".formatted(sum)).toString();
  }

  private static String column(Matrix matrix, int column) {
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < matrix.rows(); row++) {
      text.append(row == 0 ? "" : ", ").append("%.0f".formatted(matrix.at(row, column)));
    }
    return text.toString();
  }

  private void heading(String title) {
    out.printf("%n%s%n%s%n%n", title, "=".repeat(title.length()));
  }

  /** How the operator, which never makes the col matrix, compares with the steps above. */
  private void verdict(String operator, float[] steps, float[] direct) {
    double largest = 0;
    for (int i = 0; i < steps.length; i++) {
      largest = Math.max(largest, Math.abs((double) steps[i] - direct[i]));
    }
    out.println(
        largest == 0
            ? operator + " gives the same numbers."
            : "%s gives the same within %.1e.".formatted(operator, largest));
  }
}
