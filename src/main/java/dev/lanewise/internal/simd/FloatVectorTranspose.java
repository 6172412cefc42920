// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

import static dev.lanewise.internal.simd.FloatLanes.LENGTH;
import static dev.lanewise.internal.simd.FloatSpecies.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * Transposes square blocks of as many rows as a vector has lanes in registers, in rounds of
 * exchanges: in round s = 1, 2, 4, 8 rows i and i + s swap lanes, odd groups of s lanes of the
 * first against even groups of the second. The last rows and columns overlap those before.
 *
 * <p>All written out: a method of ours that C2 does not inline any more in so long a one would
 * leave its vectors on the heap.
 *
 * <p>Vectors of 2 lanes, and fewer rows than lanes, go element by element.
 *
 * <p>Source: Eklundh, A Fast Computer Method for Matrix Transposing, IEEE Transactions on
 * Computers, 1972.
 */
final class FloatVectorTranspose implements FloatTranspose {
  /** Elements from one column of the target to the next: 3136 gain nothing by whole lines. */
  private static final int FAR_COLUMNS = 8 << 10;

  /** Rows from which on one more block is little. */
  private static final int MANY_ROWS = 8 * LENGTH;

  private static final VectorShuffle<Float> UP_1 = shift(-1);
  private static final VectorShuffle<Float> UP_2 = shift(-2);
  private static final VectorShuffle<Float> UP_4 = shift(-4);
  private static final VectorShuffle<Float> UP_8 = shift(-8);
  private static final VectorShuffle<Float> DOWN_1 = shift(1);
  private static final VectorShuffle<Float> DOWN_2 = shift(2);
  private static final VectorShuffle<Float> DOWN_4 = shift(4);
  private static final VectorShuffle<Float> DOWN_8 = shift(8);
  private static final VectorMask<Float> ODD_1 = odd(1);
  private static final VectorMask<Float> ODD_2 = odd(2);
  private static final VectorMask<Float> ODD_4 = odd(4);
  private static final VectorMask<Float> ODD_8 = odd(8);

  private static VectorShuffle<Float> shift(int lanes) {
    return VectorShuffle.fromOp(SPECIES, lane -> Math.floorMod(lane + lanes, LENGTH));
  }

  private static VectorMask<Float> odd(int group) {
    long lanes = 0;
    for (int lane = 0; lane < LENGTH; lane++) {
      lanes |= (lane & group) == 0 ? 0 : 1L << lane;
    }
    return VectorMask.fromLong(SPECIES, lanes);
  }

  @Override
  public void run(
      float[] from,
      int fromOffset,
      int ld,
      int rows,
      float[] to,
      int toOffset,
      int stride,
      int count) {
    // Where a row is shorter than a vector, the vector is read whole.
    int lastRead = fromOffset + (rows - 1) * ld + Math.max(count, LENGTH);
    if (LENGTH < 4 || rows < LENGTH || lastRead > from.length) {
      FloatScalarTranspose.block(from, fromOffset, ld, rows, to, toOffset, stride, count);
      return;
    }
    int lastColumn = Math.max(count - LENGTH, 0);
    for (int i = firstRow(to, toOffset, stride, rows); i < rows; i += LENGTH) {
      int row = Math.clamp(i, 0, rows - LENGTH);
      for (int j = 0; j < count; j += LENGTH) {
        int column = Math.min(j, lastColumn);
        int at = fromOffset + row * ld + column;
        int target = toOffset + column * stride + row;
        if (LENGTH == 16) {
          sixteen(from, at, ld, to, target, stride, count);
        } else if (LENGTH == 8) {
          eight(from, at, ld, to, target, stride, count);
        } else {
          four(from, at, ld, to, target, stride, count);
        }
      }
    }
  }

  /**
   * The row of the first block: 0, or fewer, so that later blocks begin where lines of the target
   * do. A line that is written half may have left the cache before its other half comes: 3×3
   * 64→64 @256, whose planes meet in one set of the first-level cache, gains 3 to 5 %, 7×7 with
   * stride 2 @224 one; @56 nothing (Zen 5).
   */
  private static int firstRow(float[] to, int toOffset, int stride, int rows) {
    if (rows < MANY_ROWS || stride < FAR_COLUMNS || stride % FloatLines.LENGTH != 0) {
      return 0;
    }
    int aligned = FloatLines.beforeNext(to, toOffset) % LENGTH;
    return aligned == 0 ? 0 : aligned - LENGTH;
  }

  /** Columns beyond {@code columns} are not written. */
  private static void sixteen(
      float[] from, int at, int ld, float[] to, int target, int stride, int columns) {
    FloatVector a0 = FloatVector.fromArray(SPECIES, from, at);
    FloatVector a1 = FloatVector.fromArray(SPECIES, from, at + ld);
    FloatVector a2 = FloatVector.fromArray(SPECIES, from, at + 2 * ld);
    FloatVector a3 = FloatVector.fromArray(SPECIES, from, at + 3 * ld);
    FloatVector b0 = a0.blend(a1.rearrange(UP_1), ODD_1);
    FloatVector b1 = a0.rearrange(DOWN_1).blend(a1, ODD_1);
    FloatVector b2 = a2.blend(a3.rearrange(UP_1), ODD_1);
    FloatVector b3 = a2.rearrange(DOWN_1).blend(a3, ODD_1);
    FloatVector c0 = b0.blend(b2.rearrange(UP_2), ODD_2);
    FloatVector c1 = b1.blend(b3.rearrange(UP_2), ODD_2);
    FloatVector c2 = b0.rearrange(DOWN_2).blend(b2, ODD_2);
    FloatVector c3 = b1.rearrange(DOWN_2).blend(b3, ODD_2);
    FloatVector a4 = FloatVector.fromArray(SPECIES, from, at + 4 * ld);
    FloatVector a5 = FloatVector.fromArray(SPECIES, from, at + 5 * ld);
    FloatVector a6 = FloatVector.fromArray(SPECIES, from, at + 6 * ld);
    FloatVector a7 = FloatVector.fromArray(SPECIES, from, at + 7 * ld);
    FloatVector b4 = a4.blend(a5.rearrange(UP_1), ODD_1);
    FloatVector b5 = a4.rearrange(DOWN_1).blend(a5, ODD_1);
    FloatVector b6 = a6.blend(a7.rearrange(UP_1), ODD_1);
    FloatVector b7 = a6.rearrange(DOWN_1).blend(a7, ODD_1);
    FloatVector c4 = b4.blend(b6.rearrange(UP_2), ODD_2);
    FloatVector c5 = b5.blend(b7.rearrange(UP_2), ODD_2);
    FloatVector c6 = b4.rearrange(DOWN_2).blend(b6, ODD_2);
    FloatVector c7 = b5.rearrange(DOWN_2).blend(b7, ODD_2);
    FloatVector a8 = FloatVector.fromArray(SPECIES, from, at + 8 * ld);
    FloatVector a9 = FloatVector.fromArray(SPECIES, from, at + 9 * ld);
    FloatVector a10 = FloatVector.fromArray(SPECIES, from, at + 10 * ld);
    FloatVector a11 = FloatVector.fromArray(SPECIES, from, at + 11 * ld);
    FloatVector b8 = a8.blend(a9.rearrange(UP_1), ODD_1);
    FloatVector b9 = a8.rearrange(DOWN_1).blend(a9, ODD_1);
    FloatVector b10 = a10.blend(a11.rearrange(UP_1), ODD_1);
    FloatVector b11 = a10.rearrange(DOWN_1).blend(a11, ODD_1);
    FloatVector c8 = b8.blend(b10.rearrange(UP_2), ODD_2);
    FloatVector c9 = b9.blend(b11.rearrange(UP_2), ODD_2);
    FloatVector c10 = b8.rearrange(DOWN_2).blend(b10, ODD_2);
    FloatVector c11 = b9.rearrange(DOWN_2).blend(b11, ODD_2);
    FloatVector a12 = FloatVector.fromArray(SPECIES, from, at + 12 * ld);
    FloatVector a13 = FloatVector.fromArray(SPECIES, from, at + 13 * ld);
    FloatVector a14 = FloatVector.fromArray(SPECIES, from, at + 14 * ld);
    FloatVector a15 = FloatVector.fromArray(SPECIES, from, at + 15 * ld);
    FloatVector b12 = a12.blend(a13.rearrange(UP_1), ODD_1);
    FloatVector b13 = a12.rearrange(DOWN_1).blend(a13, ODD_1);
    FloatVector b14 = a14.blend(a15.rearrange(UP_1), ODD_1);
    FloatVector b15 = a14.rearrange(DOWN_1).blend(a15, ODD_1);
    FloatVector c12 = b12.blend(b14.rearrange(UP_2), ODD_2);
    FloatVector c13 = b13.blend(b15.rearrange(UP_2), ODD_2);
    FloatVector c14 = b12.rearrange(DOWN_2).blend(b14, ODD_2);
    FloatVector c15 = b13.rearrange(DOWN_2).blend(b15, ODD_2);
    FloatVector d0 = c0.blend(c4.rearrange(UP_4), ODD_4);
    FloatVector d4 = c0.rearrange(DOWN_4).blend(c4, ODD_4);
    FloatVector d1 = c1.blend(c5.rearrange(UP_4), ODD_4);
    FloatVector d5 = c1.rearrange(DOWN_4).blend(c5, ODD_4);
    FloatVector d2 = c2.blend(c6.rearrange(UP_4), ODD_4);
    FloatVector d6 = c2.rearrange(DOWN_4).blend(c6, ODD_4);
    FloatVector d3 = c3.blend(c7.rearrange(UP_4), ODD_4);
    FloatVector d7 = c3.rearrange(DOWN_4).blend(c7, ODD_4);
    FloatVector d8 = c8.blend(c12.rearrange(UP_4), ODD_4);
    FloatVector d12 = c8.rearrange(DOWN_4).blend(c12, ODD_4);
    FloatVector d9 = c9.blend(c13.rearrange(UP_4), ODD_4);
    FloatVector d13 = c9.rearrange(DOWN_4).blend(c13, ODD_4);
    FloatVector d10 = c10.blend(c14.rearrange(UP_4), ODD_4);
    FloatVector d14 = c10.rearrange(DOWN_4).blend(c14, ODD_4);
    FloatVector d11 = c11.blend(c15.rearrange(UP_4), ODD_4);
    FloatVector d15 = c11.rearrange(DOWN_4).blend(c15, ODD_4);
    d0.blend(d8.rearrange(UP_8), ODD_8).intoArray(to, target);
    if (columns > 1) {
      d1.blend(d9.rearrange(UP_8), ODD_8).intoArray(to, target + stride);
    }
    if (columns > 2) {
      d2.blend(d10.rearrange(UP_8), ODD_8).intoArray(to, target + 2 * stride);
    }
    if (columns > 3) {
      d3.blend(d11.rearrange(UP_8), ODD_8).intoArray(to, target + 3 * stride);
    }
    if (columns > 4) {
      d4.blend(d12.rearrange(UP_8), ODD_8).intoArray(to, target + 4 * stride);
    }
    if (columns > 5) {
      d5.blend(d13.rearrange(UP_8), ODD_8).intoArray(to, target + 5 * stride);
    }
    if (columns > 6) {
      d6.blend(d14.rearrange(UP_8), ODD_8).intoArray(to, target + 6 * stride);
    }
    if (columns > 7) {
      d7.blend(d15.rearrange(UP_8), ODD_8).intoArray(to, target + 7 * stride);
    }
    if (columns > 8) {
      d0.rearrange(DOWN_8).blend(d8, ODD_8).intoArray(to, target + 8 * stride);
    }
    if (columns > 9) {
      d1.rearrange(DOWN_8).blend(d9, ODD_8).intoArray(to, target + 9 * stride);
    }
    if (columns > 10) {
      d2.rearrange(DOWN_8).blend(d10, ODD_8).intoArray(to, target + 10 * stride);
    }
    if (columns > 11) {
      d3.rearrange(DOWN_8).blend(d11, ODD_8).intoArray(to, target + 11 * stride);
    }
    if (columns > 12) {
      d4.rearrange(DOWN_8).blend(d12, ODD_8).intoArray(to, target + 12 * stride);
    }
    if (columns > 13) {
      d5.rearrange(DOWN_8).blend(d13, ODD_8).intoArray(to, target + 13 * stride);
    }
    if (columns > 14) {
      d6.rearrange(DOWN_8).blend(d14, ODD_8).intoArray(to, target + 14 * stride);
    }
    if (columns > 15) {
      d7.rearrange(DOWN_8).blend(d15, ODD_8).intoArray(to, target + 15 * stride);
    }
  }

  private static void eight(
      float[] from, int at, int ld, float[] to, int target, int stride, int columns) {
    FloatVector a0 = FloatVector.fromArray(SPECIES, from, at);
    FloatVector a1 = FloatVector.fromArray(SPECIES, from, at + ld);
    FloatVector a2 = FloatVector.fromArray(SPECIES, from, at + 2 * ld);
    FloatVector a3 = FloatVector.fromArray(SPECIES, from, at + 3 * ld);
    FloatVector b0 = a0.blend(a1.rearrange(UP_1), ODD_1);
    FloatVector b1 = a0.rearrange(DOWN_1).blend(a1, ODD_1);
    FloatVector b2 = a2.blend(a3.rearrange(UP_1), ODD_1);
    FloatVector b3 = a2.rearrange(DOWN_1).blend(a3, ODD_1);
    FloatVector c0 = b0.blend(b2.rearrange(UP_2), ODD_2);
    FloatVector c1 = b1.blend(b3.rearrange(UP_2), ODD_2);
    FloatVector c2 = b0.rearrange(DOWN_2).blend(b2, ODD_2);
    FloatVector c3 = b1.rearrange(DOWN_2).blend(b3, ODD_2);
    FloatVector a4 = FloatVector.fromArray(SPECIES, from, at + 4 * ld);
    FloatVector a5 = FloatVector.fromArray(SPECIES, from, at + 5 * ld);
    FloatVector a6 = FloatVector.fromArray(SPECIES, from, at + 6 * ld);
    FloatVector a7 = FloatVector.fromArray(SPECIES, from, at + 7 * ld);
    FloatVector b4 = a4.blend(a5.rearrange(UP_1), ODD_1);
    FloatVector b5 = a4.rearrange(DOWN_1).blend(a5, ODD_1);
    FloatVector b6 = a6.blend(a7.rearrange(UP_1), ODD_1);
    FloatVector b7 = a6.rearrange(DOWN_1).blend(a7, ODD_1);
    FloatVector c4 = b4.blend(b6.rearrange(UP_2), ODD_2);
    FloatVector c5 = b5.blend(b7.rearrange(UP_2), ODD_2);
    FloatVector c6 = b4.rearrange(DOWN_2).blend(b6, ODD_2);
    FloatVector c7 = b5.rearrange(DOWN_2).blend(b7, ODD_2);
    c0.blend(c4.rearrange(UP_4), ODD_4).intoArray(to, target);
    if (columns > 1) {
      c1.blend(c5.rearrange(UP_4), ODD_4).intoArray(to, target + stride);
    }
    if (columns > 2) {
      c2.blend(c6.rearrange(UP_4), ODD_4).intoArray(to, target + 2 * stride);
    }
    if (columns > 3) {
      c3.blend(c7.rearrange(UP_4), ODD_4).intoArray(to, target + 3 * stride);
    }
    if (columns > 4) {
      c0.rearrange(DOWN_4).blend(c4, ODD_4).intoArray(to, target + 4 * stride);
    }
    if (columns > 5) {
      c1.rearrange(DOWN_4).blend(c5, ODD_4).intoArray(to, target + 5 * stride);
    }
    if (columns > 6) {
      c2.rearrange(DOWN_4).blend(c6, ODD_4).intoArray(to, target + 6 * stride);
    }
    if (columns > 7) {
      c3.rearrange(DOWN_4).blend(c7, ODD_4).intoArray(to, target + 7 * stride);
    }
  }

  private static void four(
      float[] from, int at, int ld, float[] to, int target, int stride, int columns) {
    FloatVector a0 = FloatVector.fromArray(SPECIES, from, at);
    FloatVector a1 = FloatVector.fromArray(SPECIES, from, at + ld);
    FloatVector a2 = FloatVector.fromArray(SPECIES, from, at + 2 * ld);
    FloatVector a3 = FloatVector.fromArray(SPECIES, from, at + 3 * ld);
    FloatVector b0 = a0.blend(a1.rearrange(UP_1), ODD_1);
    FloatVector b1 = a0.rearrange(DOWN_1).blend(a1, ODD_1);
    FloatVector b2 = a2.blend(a3.rearrange(UP_1), ODD_1);
    FloatVector b3 = a2.rearrange(DOWN_1).blend(a3, ODD_1);
    FloatVector c0 = b0.blend(b2.rearrange(UP_2), ODD_2);
    FloatVector c1 = b1.blend(b3.rearrange(UP_2), ODD_2);
    FloatVector c2 = b0.rearrange(DOWN_2).blend(b2, ODD_2);
    FloatVector c3 = b1.rearrange(DOWN_2).blend(b3, ODD_2);
    c0.intoArray(to, target);
    if (columns > 1) {
      c1.intoArray(to, target + stride);
    }
    if (columns > 2) {
      c2.intoArray(to, target + 2 * stride);
    }
    if (columns > 3) {
      c3.intoArray(to, target + 3 * stride);
    }
  }
}
