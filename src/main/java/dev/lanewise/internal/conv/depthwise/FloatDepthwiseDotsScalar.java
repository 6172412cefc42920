// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.depthwise;

import static dev.lanewise.internal.simd.FloatLanes.LENGTH;

/** {@link FloatDepthwiseDots} of either stride, lane by lane. */
final class FloatDepthwiseDotsScalar implements FloatDepthwiseDots {
  /** Rows and columns of taps. */
  private static final int SIDE = 3;

  private final int step;
  private final int leastRows;

  FloatDepthwiseDotsScalar(int step, int leastRows) {
    this.step = step;
    this.leastRows = leastRows;
  }

  @Override
  public int step() {
    return step;
  }

  @Override
  public int windows() {
    return LENGTH / step;
  }

  @Override
  public int leastRows() {
    return leastRows;
  }

  @Override
  public void run(
      int planes,
      int rows,
      int[] columns,
      long[] kept,
      float[] above,
      int aboveOffset,
      int aboveStep,
      float[] image,
      int imageOffset,
      int imagePitch,
      int imageStep,
      float[] below,
      int belowOffset,
      int belowStep,
      float[] filtered,
      int filteredOffset,
      int filteredPitch,
      int filteredStep,
      float[] sums,
      int sumsOffset) {
    for (int p = 0; p < planes; p++) {
      for (int tap = 0; tap < SIDE * SIDE; tap++) {
        sums[sumsOffset + p * SIDE * SIDE + tap] +=
            dot(
                tap / SIDE,
                tap % SIDE,
                rows,
                columns,
                kept,
                above,
                aboveOffset + p * aboveStep,
                image,
                imageOffset + p * imageStep,
                imagePitch,
                below,
                belowOffset + p * belowStep,
                filtered,
                filteredOffset + p * filteredStep,
                filteredPitch);
      }
    }
  }

  /** The dot product of one tap: lanes, then sums of two neighbours, of four and so on. */
  private float dot(
      int kh,
      int kw,
      int rows,
      int[] columns,
      long[] kept,
      float[] above,
      int aboveOffset,
      float[] image,
      int imageOffset,
      int imagePitch,
      float[] below,
      int belowOffset,
      float[] filtered,
      int filteredOffset,
      int filteredPitch) {
    float one = 0;
    float two = 0;
    float four = 0;
    float eight = 0;
    float sum = 0;
    for (int lane = 0; lane < LENGTH; lane++) {
      sum = 0;
      for (int c = 0; c < columns.length; c++) {
        if ((kept[SIDE * c + kw] >> lane & 1) != 0) {
          int column = columns[c] * step + kw + lane;
          int filteredAt = filteredOffset + columns[c] + lane / step;
          float acc = 0;
          for (int r = 0; r < rows; r++) {
            // Counted from the row behind the one above.
            int row = r * step + kh - 1;
            boolean isLast = r == rows - 1 && kh == SIDE - 1;
            float x =
                row < 0
                    ? above[aboveOffset + column]
                    : isLast
                        ? below[belowOffset + column]
                        : image[imageOffset + row * imagePitch + column];
            acc = Math.fma(x, filtered[filteredAt + r * filteredPitch], acc);
          }
          sum += acc;
        }
      }
      // The sum of as many lanes as were added waits for that of the next as many.
      if ((lane & 1) == 0) {
        one = sum;
        continue;
      }
      sum = one + sum;
      if ((lane & 2) == 0) {
        two = sum;
        continue;
      }
      sum = two + sum;
      if ((lane & 4) == 0) {
        four = sum;
        continue;
      }
      sum = four + sum;
      if ((lane & 8) == 0) {
        eight = sum;
        continue;
      }
      sum = eight + sum;
    }
    return sum;
  }
}
