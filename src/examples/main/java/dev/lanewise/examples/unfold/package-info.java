// SPDX-License-Identifier: Apache-2.0
/**
 * Convolution as a matrix product, step by step with every number shown: what people who build one
 * from scratch want to see next to their own.
 */
package dev.lanewise.examples.unfold;
