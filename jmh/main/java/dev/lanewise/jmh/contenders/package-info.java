// SPDX-License-Identifier: Apache-2.0
/**
 * Lanewise, the naive loops and what the peers must do to be measured beside them: a {@link
 * dev.lanewise.jmh.contenders.Task} names an operator, a pass and a shape, a {@link
 * dev.lanewise.jmh.contenders.Problem} adds the operands, and a {@link
 * dev.lanewise.jmh.contenders.Contender} gets ready for it.
 */
package dev.lanewise.jmh.contenders;
