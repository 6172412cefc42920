// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.gemm;

import dev.lanewise.internal.memory.FloatMemory;
import dev.lanewise.internal.simd.FloatRows;

/**
 * The loop around the microkernel: C += A·B, or C = A·B, for a block of A (mc×kc) and a block of B
 * (kc×nc) in panels, both packed or as they stand.
 *
 * <p>All rows of A go past one panel of B before the next (BLIS: JR around IR), but where C is
 * large and tiles are high, one row of tiles past all panels. A panel of vectors of 256 bits or
 * less stays in the first-level cache. One of 512 bits comes from the second-level cache for each
 * row of tiles, which these hide.
 *
 * <p>Tiles of two heights fill all numbers of rows from 12 on (20 with 16 registers), high ones all
 * multiples of 4 from 8 on. A panel narrower than its tile begins some columns earlier, if they are
 * there and C is overwritten: they are written with the same bits again. Any other tile that C does
 * not hold whole is computed in a temporary one and moved.
 */
public final class FloatMacrokernel {
  private static final int KC = Blocking.KC;

  /** With tiles that also read A and B where they lie. */
  public static final FloatMacrokernel WIDE = new FloatMacrokernel(FloatTiles.wide(), false);

  /** Columns of the narrowest tile; each tile's are a multiple. */
  static final int LEAST_COLUMNS = FloatTiles.wide().narrowest().columns();

  /**
   * Up to so many last columns, too few for a tile, are dot products of this depth at least: a
   * column of B by rows of A, products in the lanes.
   */
  private static final int MOST_THIN = Math.max(1, LEAST_COLUMNS / 4);

  /** Rows of A that stay in the first-level cache for all of them. */
  private static final int THIN_ROWS = 16;

  private static final int LEAST_THIN_DEPTH = 4 * LEAST_COLUMNS;

  /** Half of the smallest first-level cache around, in bytes. */
  static final int NEAR = 16 << 10;

  /**
   * Bytes of a panel that stays in the first-level cache while tiles pass by. In a cache of 48 KiB,
   * products by vectors of 256 bits took from 4 % longer (512³) to 3 % less with panels of 32 KiB
   * than with 16 (Zen 5). A cache of 32 KiB was not measured.
   */
  private static final int MOST_STAYING = 32 << 10;

  /** Classes of their own: a program without large products never loads their tiles. */
  private static final class HighOdd {
    static final FloatMacrokernel MACROKERNEL = new FloatMacrokernel(FloatTiles.high(false), false);
    static final FloatMacrokernel ROW_BY_ROW = new FloatMacrokernel(FloatTiles.high(false), true);
  }

  private static final class HighEven {
    static final FloatMacrokernel MACROKERNEL = new FloatMacrokernel(FloatTiles.high(true), false);
    static final FloatMacrokernel ROW_BY_ROW = new FloatMacrokernel(FloatTiles.high(true), true);
  }

  /**
   * Elements of C from which on it comes from beyond the second-level cache, and tiles go along its
   * rows: what they touch next is then what the hardware fetches ahead. 2048³ and 1024³ gain 6 to 8
   * % (Emerald Rapids). A smaller C is better served by panels of B that stay near.
   */
  static final int FAR_ELEMENTS = 768 << 10;

  private final FloatTiles tiles;
  private final boolean rowByRow;
  private final int mr;
  private final int nr;

  /** Whether a panel of B stays in the first-level cache, or high tiles hide that it does not. */
  private final boolean panelStays;

  /**
   * {@link FloatTiles#lowTiles} of each number of rows, for small products, which it would weigh
   * on. Rows beyond have what the last ones here have that leave as many over.
   */
  private final int[] lowTiles;

  /** Elements of panels that tiles of one height pass by before those of the other. */
  private final int nearPanels;

  /**
   * @param rowByRow whether each row of tiles goes past all panels of B before the next one
   */
  private FloatMacrokernel(FloatTiles tiles, boolean rowByRow) {
    this.tiles = tiles;
    this.rowByRow = rowByRow;
    mr = tiles.rows();
    nr = tiles.columns();
    panelStays = !takesAnyLda() || nr * KC * Float.BYTES <= MOST_STAYING;
    nearPanels = panelStays ? NEAR / Float.BYTES : 16 << 10;
    lowTiles = new int[mr * mr];
    for (int rows = 0; rows < lowTiles.length; rows++) {
      lowTiles[rows] = tiles.lowTiles(rows);
    }
  }

  /** The best for a product of m×k by k×n; which, changes no bit. */
  static FloatMacrokernel of(int m, int n, int k) {
    if (!FloatTiles.highPay(m, n, k)) {
      return WIDE;
    }
    return (long) m * n < FAR_ELEMENTS ? high(k) : highRowByRow(k);
  }

  /** With tiles that read packed A and B only, for sums of k terms. */
  static FloatMacrokernel high(int k) {
    return isEven(k) ? HighEven.MACROKERNEL : HighOdd.MACROKERNEL;
  }

  /** The same for a C that comes from afar. */
  static FloatMacrokernel highRowByRow(int k) {
    return isEven(k) ? HighEven.ROW_BY_ROW : HighOdd.ROW_BY_ROW;
  }

  /** Whether all blocks of so many terms are even, as whole ones are. */
  private static boolean isEven(int k) {
    return k % 2 == 0;
  }

  /** MR of its highest tile. */
  public int mr() {
    return mr;
  }

  /** NR of its widest tile: columns in a micropanel of B. */
  public int nr() {
    return nr;
  }

  /** Elements of scratch: temporary microtiles and the last columns of B. */
  public int scratchFloats() {
    return FloatStagedTiles.FLOATS + MOST_THIN * KC;
  }

  /** Elements from one row of packed A to the next, for sums of so many terms. */
  public int packedLda(int k) {
    return tiles.onlyLda() > 0 ? tiles.onlyLda() : Math.min(k, KC);
  }

  /** Elements of packed A: so many rows of sums of so many terms, in blocks of KC. */
  public int packedAFloats(int rows, int k) {
    return Math.multiplyExact(Blocking.padded(rows, mr), Math.ceilDiv(k, KC) * packedLda(KC));
  }

  private int lowTiles(int rows) {
    return lowTiles[rows < lowTiles.length ? rows : lowTiles.length - mr + rows % mr];
  }

  /** Whether A need not be packed. */
  boolean takesAnyLda() {
    return tiles.onlyLda() == 0;
  }

  /** From so many rows on, tiles of two heights fill all numbers of rows, high ones nearly. */
  int filledRows() {
    return takesAnyLda() ? (mr - 1) * (mr - 2) : 2 * mr;
  }

  /**
   * MC: rows of A in a block, whole tiles. Where the panels of B pass by, so few that the block of
   * A and that of C stay near the first-level cache.
   */
  int mc() {
    return panelStays ? 240 : 60;
  }

  /**
   * MC for sums of one block, which touch C but once: fewer rows, because C comes from far then and
   * is near its neighbour in the row.
   *
   * @param bPacked whether B is packed: then it is up to a tenth faster than with more or fewer
   *     rows (Zen 4)
   */
  int mcForOneBlock(boolean bPacked) {
    if (panelStays) {
      return 240;
    }
    return bPacked ? 10 : 20;
  }

  /**
   * Up to so many rows of A, B is not packed: from 200 to 500 rows on both ways are equally fast
   * (Zen 4). Where a panel could stay in the first-level cache it always pays to pack it.
   */
  int rowsForBInPlace() {
    return panelStays ? 0 : 256;
  }

  /** The largest tile in words. */
  public String describe() {
    return "microtile %dx%d".formatted(mr, nr);
  }

  /**
   * Multiplies two blocks.
   *
   * @param kc even where the tiles are high and were chosen for an even number of terms
   * @param a holds A from {@code aOffset} on
   * @param lda elements from one row of A to the next; {@link #packedLda} unless {@link
   *     #takesAnyLda}
   * @param aPadded whether there are rows of zeros behind A, to whole tiles; else rows before it
   * @param b holds B, its first panel from {@code bOffset} on
   * @param panel elements from one panel of B to the next
   * @param ldb elements from one p of a panel to the next; {@link #nr} unless {@link #takesAnyLda}
   * @param bPadded whether the last panel of B is filled up; else the columns before it are there
   *     to make it whole
   * @param scratch where {@link #scratchFloats} elements of {@code workspace} may be used
   * @param overwrite whether C becomes the product, whatever it held; else it is added to C
   * @param c holds C, row-major
   * @param ldc elements from one row of C to the next
   */
  public void run(
      int mc,
      int nc,
      int kc,
      float[] a,
      int aOffset,
      int lda,
      boolean aPadded,
      float[] b,
      int bOffset,
      int panel,
      int ldb,
      boolean bPadded,
      float[] workspace,
      int scratch,
      boolean overwrite,
      Object c,
      long cOffset,
      int ldc) {
    int thin = thinColumns(nc, kc);
    int together =
        wholePanels(
            mc,
            (nc - thin) / nr,
            kc,
            a,
            aOffset,
            lda,
            b,
            bOffset,
            panel,
            ldb,
            workspace,
            scratch,
            overwrite,
            c,
            cOffset,
            ldc);
    for (int j = together; j < nc - thin; j += nr) {
      panel(
          mc,
          j,
          Math.min(nr, nc - thin - j),
          kc,
          a,
          aOffset,
          lda,
          aPadded,
          b,
          bOffset + j / nr * panel,
          ldb,
          bPadded,
          workspace,
          scratch,
          overwrite,
          c,
          cOffset,
          ldc);
    }
    if (thin > 0) {
      // Last: A is near by now, and a dot product waits for each of its lines.
      int j = nc - thin;
      columns(
          mc,
          thin,
          kc,
          a,
          aOffset,
          lda,
          b,
          bOffset + j / nr * panel + j % nr,
          ldb,
          workspace,
          scratch,
          overwrite,
          c,
          cOffset + j,
          ldc);
    }
  }

  /**
   * Panels of B as wide as the tile, by all rows of A, if these are whole tiles of both heights.
   *
   * @return the columns of C that are done: all or none
   */
  private int wholePanels(
      int mc,
      int panels,
      int kc,
      float[] a,
      int aOffset,
      int lda,
      float[] b,
      int bOffset,
      int panel,
      int ldb,
      float[] workspace,
      int scratch,
      boolean overwrite,
      Object c,
      long cOffset,
      int ldc) {
    if (!areWholeTiles(mc)) {
      return 0;
    }
    int low = lowTiles(mc);
    int high = (mc - low * tiles.low().rows()) / mr;
    int lowRow = high * mr;
    // Only as many as are still near when the lower tiles pass by.
    boolean oneHeight = low == 0 || high == 0;
    int atOnce = oneHeight || rowByRow ? panels : Math.max(1, nearPanels / (kc * nr));
    int together = rowByRow ? 1 : high;
    for (int i = 0; i < panels; i += atOnce) {
      int count = Math.min(atOnce, panels - i);
      int bAt = bOffset + i * panel;
      long cAt = cOffset + i * nr;
      for (int tile = 0; tile < high; tile += together) {
        int row = tile * mr;
        FloatStagedTiles.accumulate(
            tiles.best(),
            count,
            panel,
            together,
            kc,
            a,
            aOffset + row * lda,
            lda,
            b,
            bAt,
            ldb,
            workspace,
            scratch,
            overwrite,
            c,
            cAt + (long) row * ldc,
            ldc);
      }
      if (low > 0) {
        FloatStagedTiles.accumulate(
            tiles.low(),
            count,
            panel,
            low,
            kc,
            a,
            aOffset + lowRow * lda,
            lda,
            b,
            bAt,
            ldb,
            workspace,
            scratch,
            overwrite,
            c,
            cAt + (long) lowRow * ldc,
            ldc);
      }
    }
    return panels * nr;
  }

  /** Whether the first rows of so many can pack B while they are multiplied. */
  boolean canPack(int mc) {
    return !takesAnyLda() && mc >= mr && areWholeTiles(mc - mr);
  }

  private boolean areWholeTiles(int rows) {
    return (rows - lowTiles(rows) * tiles.low().rows()) % mr == 0;
  }

  /**
   * Multiplies two blocks as {@link #run}, and packs the second before its panels are read again.
   *
   * @param mc rows that {@link #packing} takes
   * @param nc whole panels
   * @param b holds B where it stands, from {@code bOffset} on
   * @param packed where it goes in {@code workspace}, panel by panel
   */
  void runPacking(
      int mc,
      int nc,
      int kc,
      float[] a,
      int aOffset,
      Object b,
      long bOffset,
      int ldb,
      float[] workspace,
      int packed,
      int scratch,
      boolean overwrite,
      Object c,
      long cOffset,
      int ldc) {
    int lda = tiles.onlyLda();
    int panel = kc * nr;
    int panels = nc / nr;
    int atOnce = rowByRow ? panels : 1;
    for (int i = 0; i < panels; i += atOnce) {
      FloatPackingTiles.run(
          atOnce,
          kc,
          a,
          aOffset,
          b,
          bOffset + i * nr,
          ldb,
          workspace,
          packed + i * panel,
          scratch,
          overwrite,
          c,
          cOffset + i * nr,
          ldc);
      wholePanels(
          mc - mr,
          atOnce,
          kc,
          a,
          aOffset + mr * lda,
          lda,
          workspace,
          packed + i * panel,
          panel,
          nr,
          workspace,
          scratch,
          overwrite,
          c,
          cOffset + (long) mr * ldc + i * nr,
          ldc);
    }
  }

  /** How many of the last columns are dot products. */
  static int thinColumns(int columns, int depth) {
    int rest = columns % LEAST_COLUMNS;
    return rest <= MOST_THIN && depth >= LEAST_THIN_DEPTH ? rest : 0;
  }

  /** Columns of C as dot products, all of them for a few rows while these are near. */
  private void columns(
      int mc,
      int columns,
      int kc,
      float[] a,
      int aOffset,
      int lda,
      float[] b,
      int bOffset,
      int ldb,
      float[] workspace,
      int scratch,
      boolean overwrite,
      Object c,
      long cOffset,
      int ldc) {
    int gathered = scratch + FloatStagedTiles.FLOATS;
    for (int j = 0; j < columns; j++) {
      for (int p = 0; p < kc; p++) {
        workspace[gathered + j * KC + p] = b[bOffset + p * ldb + j];
      }
    }
    for (int i = 0; i < mc; i += THIN_ROWS) {
      int rows = Math.min(THIN_ROWS, mc - i);
      int row = aOffset + i * lda;
      for (int j = 0; j < columns; j++) {
        FloatRows.BEST.dots(
            a, row, lda, rows, workspace, gathered + j * KC, kc, workspace, scratch);
        for (int r = 0; r < rows; r++) {
          float sum = workspace[scratch + r];
          long at = cOffset + (long) (i + r) * ldc + j;
          FloatMemory.set(c, at, overwrite ? sum : FloatMemory.get(c, at) + sum);
        }
      }
    }
  }

  /** One panel of B, {@code columns} wide, by all rows of A: C from column {@code j} on. */
  private void panel(
      int mc,
      int j,
      int columns,
      int kc,
      float[] a,
      int aOffset,
      int lda,
      boolean aPadded,
      float[] b,
      int bOffset,
      int ldb,
      boolean bPadded,
      float[] workspace,
      int scratch,
      boolean overwrite,
      Object c,
      long cOffset,
      int ldc) {
    FloatMicrokernel tile = columnTile(columns);
    int left = bPadded ? 0 : tile.columns() - columns;
    boolean whole = columns == tile.columns() || overwrite && !bPadded && left <= j;
    int i = 0;
    int low = whole && tile == tiles.best() ? lowTiles(mc) : 0;
    if (whole) {
      long at = cOffset + j - left;
      int high = (mc - low * tiles.low().rows()) / mr;
      FloatStagedTiles.accumulate(
          tile,
          1,
          0,
          high,
          kc,
          a,
          aOffset,
          lda,
          b,
          bOffset - left,
          ldb,
          workspace,
          scratch,
          overwrite,
          c,
          at,
          ldc);
      i = high * mr;
      FloatStagedTiles.accumulate(
          tiles.low(),
          1,
          0,
          low,
          kc,
          a,
          aOffset + i * lda,
          lda,
          b,
          bOffset - left,
          ldb,
          workspace,
          scratch,
          overwrite,
          c,
          at + (long) i * ldc,
          ldc);
      i += low * tiles.low().rows();
    }
    for (; i < mc; i += mr) {
      int rows = Math.min(mr, mc - i);
      int up = aPadded ? 0 : mr - rows;
      tile.accumulate(
          1,
          0,
          1,
          kc,
          a,
          aOffset + (i - up) * lda,
          lda,
          b,
          bOffset - left,
          ldb,
          true,
          workspace,
          scratch,
          nr);
      FloatStagedTiles.move(
          workspace,
          scratch + up * nr + left,
          nr,
          overwrite,
          c,
          cOffset + (long) i * ldc + j,
          ldc,
          rows,
          columns);
    }
  }

  /** The narrowest tile for so many columns. */
  FloatMicrokernel columnTile(int columns) {
    return tiles.forColumns(columns);
  }
}
